import { expect, test } from "vitest";
import { receiverUrlSchema, ticketUrlSchema } from "./hand-over.ts";

const accepts = (schema: { safeParse(text: string): { success: boolean } }) => (text: string) =>
  schema.safeParse(text).success;

test("a ticket is an https address, and nothing that a browser would run or that carries a password", () => {
  const good = ["https://tracker.example.com/browse/SEC-1", " https://example.com/issues/1?x=y#z "];
  const bad = [
    "http://example.com/1",
    "javascript:alert(1)",
    "https://u:p@example.com/",
    "SEC-1",
    "",
    "data:text/html,x",
  ];
  expect(good.filter(accepts(ticketUrlSchema))).toEqual(good);
  expect(bad.filter(accepts(ticketUrlSchema))).toEqual([]);
});

test("a receiver is asked by https, and by plain http on this machine only", () => {
  const good = [
    "https://hooks.example.com/in?key=1",
    "http://127.0.0.1:8080/hook",
    "http://localhost/x",
    "http://[::1]:9/x",
  ];
  const bad = [
    "http://example.com/",
    "http://127.0.0.1.example.com/",
    "ftp://example.com/",
    "https://u@example.com/",
    "x",
  ];
  expect(good.filter(accepts(receiverUrlSchema))).toEqual(good);
  expect(bad.filter(accepts(receiverUrlSchema))).toEqual([]);
});
