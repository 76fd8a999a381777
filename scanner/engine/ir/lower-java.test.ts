import { expect, test } from "vitest";
import { loadCompiledRules } from "../rules/compiled-rules.ts";
import { scanSource } from "../scan-source.ts";
import { parseSource } from "../syntax/parse-source.ts";
import { lowerJava } from "./lower-java.ts";

const rules = await loadCompiledRules();

/** The lines on which a statement made of what a request brings is run. */
async function struckLines(body: string): Promise<number[]> {
  const text = `import java.sql.*;
import javax.servlet.http.HttpServletRequest;
class Case {
  Statement statement;
${body}
}
`;
  const file = { path: "Case.java", text, grammar: "java" as const, scanSecrets: false };
  const { findings, cut } = await scanSource(file, rules);
  expect(cut).toBeNull();
  return findings.map(({ startLine }) => startLine - 4);
}

test("a field is known without this, unless a variable hides it", async () => {
  const struck = await struckLines(`String name = "x";
void a(HttpServletRequest r) throws Exception { name = r.getParameter("n"); }
void b() throws Exception { statement.execute(name); }
void c() throws Exception { String name = "y"; statement.execute(name); }`);
  expect(struck).toEqual([3]);
});

test("an inner class and a lambda reach the fields around them", async () => {
  const struck = await struckLines(`class Inner {
void a(HttpServletRequest r) throws Exception { statement.execute(r.getParameter("n")); }
}
Runnable b(HttpServletRequest r) {
  return () -> statement.execute(r.getParameter("n"));
}`);
  expect(struck).toEqual([2, 5]);
});

test("both forms of switch choose by a constant, and carry on what each case gives", async () => {
  const struck = await struckLines(`void a(HttpServletRequest r) throws Exception {
  String q = r.getParameter("n");
  String s = switch (2) { case 1 -> q; default -> "safe"; };
  statement.execute(s);
  String t = switch (q.length()) { case 1 -> { yield q; } default -> "safe"; };
  statement.execute(t);
  String u;
  switch ("b".charAt(0)) { case 'a': u = "safe"; break; case 'b': case 'c': u = q; break; default: u = "safe"; }
  statement.execute(u);
}`);
  expect(struck).toEqual([6, 9]);
});

test("what a list holds is known by its position", async () => {
  const struck = await struckLines(`void a(HttpServletRequest r) throws Exception {
  java.util.List<String> l = new java.util.ArrayList<>();
  l.add("safe");
  l.add(r.getParameter("n"));
  l.add("moresafe");
  l.remove(0);
  statement.execute(l.get(0));
  statement.execute(l.get(1));
}`);
  expect(struck).toEqual([7]);
});

test("records, resources, patterns and loops declare what they hold", async () => {
  const struck = await struckLines(`record Query(String text) {}
void a(HttpServletRequest r, Object o) throws Exception {
  Query query = new Query(r.getParameter("n"));
  try (Statement s = open()) { s.execute(query.text); }
  for (String each : r.getParameterValues("m")) statement.execute(each);
  if (o instanceof Statement st && r != null) st.execute(r.getHeader("h"));
}`);
  expect(struck).toEqual([4, 5, 6]);
});

test("a number is harmless whatever it was made of", async () => {
  const struck = await struckLines(`void a(HttpServletRequest r) throws Exception {
  long id = parse(r.getParameter("n"));
  statement.execute("x" + id);
  statement.execute("x" + (int) parse(r.getParameter("n")));
}`);
  expect(struck).toEqual([]);
});

test("types of the same package are imported without being named", async () => {
  const text = "package app.web;\nimport app.db.Rows;\nclass A { Helper helper; Rows rows; }\n";
  const parsed = await parseSource(text, "java");
  const program = parsed && lowerJava("A.java", text, parsed.root);
  expect([...(program?.imports ?? [])].sort()).toEqual(["app.db.Rows", "app.web.Helper"]);
});

test.each([
  ["parentheses", `class A { Object a = ${"(".repeat(2_000)}1${")".repeat(2_000)}; }`],
  ["classes", "class A {".repeat(5_000) + "}".repeat(5_000)],
  ["calls", `class A { Object a = x${".b()".repeat(5_000)}; }`],
  ["lambdas", `class A { Object a = ${"x -> ".repeat(2_000)}1; }`],
])("%s that are nested too deep are cut, and the file says so", async (_, text) => {
  const parsed = await parseSource(text, "java");
  expect(parsed && lowerJava("A.java", text, parsed.root).isCut).toBe(true);
});

test("a type that is written with its package is the type, unless it begins with a variable", async () => {
  const struck = await struckLines(`void a(javax.servlet.http.HttpServletRequest r, Config c) throws Exception {
  java.sql.Statement s = java.sql.DriverManager.getConnection("u").createStatement();
  s.execute(r.getParameter("n"));
  s.execute(org.apache.commons.lang3.StringUtils.trim(r.getParameter("n")));
  s.execute(java.lang.Integer.valueOf(r.getParameter("n")) + "");
  c.limits.rows.Integer.valueOf(r.getParameter("n"));
}`);
  expect(struck).toEqual([3, 4]);
});

test("what a cookie is called says nothing of what it holds", async () => {
  const struck = await struckLines(`void a(HttpServletRequest r) throws Exception {
  for (javax.servlet.http.Cookie cookie : r.getCookies()) {
    if (cookie.getName().equals("id")) statement.execute(cookie.getValue());
    if (cookie.getValue().equals("id")) statement.execute("x" + cookie.getValue());
  }
}`);
  expect(struck).toEqual([3, 4]);
});

test("a buffer holds what was read into it", async () => {
  const struck = await struckLines(`void a(HttpServletRequest r) throws Exception {
  byte[] buffer = new byte[100];
  statement.execute(new String(buffer));
  int n = r.getInputStream().read(buffer);
  statement.execute(new String(buffer));
}`);
  expect(struck).toEqual([5]);
});

test("super is the class that a class is derived from", async () => {
  const struck = await struckLines(`class Base {
  void go(String s) throws Exception { statement.execute(s); }
}
class Sub extends Base {
  void go(String s) throws Exception { super.go("safe"); }
  void a(HttpServletRequest r) throws Exception { super.go(r.getParameter("n")); }
}
class Other extends Base {
  void go(String s) { }
  void a(HttpServletRequest r) throws Exception { go(r.getParameter("n")); }
}`);
  expect(struck).toEqual([2]);
});
