import { expect, test } from "vitest";
import { resolveImport } from "./resolve-import.ts";

const python = (from: string, specifier: string, files: string[]) =>
  resolveImport(from, specifier, "python", (path) => files.includes(path));
const javascript = (from: string, specifier: string, files: string[]) =>
  resolveImport(from, specifier, "javascript", (path) => files.includes(path));

test("Python's absolute imports are looked for beside the file and in each folder above", () => {
  expect(python("app/views/user.py", "db.users", ["app/db/users.py"])).toBe("app/db/users.py");
  expect(python("app/views/user.py", "app.db", ["app/db/__init__.py"])).toBe("app/db/__init__.py");
  expect(python("app/main.py", "requests", ["other/requests.py"])).toBeNull();
});

test("the nearest of several files is meant", () => {
  expect(python("a/b/main.py", "util", ["util.py", "a/util.py"])).toBe("a/util.py");
});

test("Python's relative imports mean exactly one folder", () => {
  expect(python("app/views/user.py", ".forms", ["app/views/forms.py", "app/forms.py"])).toBe("app/views/forms.py");
  expect(python("app/views/user.py", "..forms", ["app/views/forms.py", "app/forms.py"])).toBe("app/forms.py");
  expect(python("app/views/user.py", ".", ["app/views/__init__.py"])).toBe("app/views/__init__.py");
  expect(python("main.py", "...far", ["far.py"])).toBeNull();
});

test("JavaScript's relative imports try the endings and index files", () => {
  expect(javascript("src/a.ts", "./b", ["src/b.tsx"])).toBe("src/b.tsx");
  expect(javascript("src/a.ts", "./b.js", ["src/b.ts"])).toBe("src/b.ts");
  expect(javascript("src/a.ts", "../lib", ["lib/index.js"])).toBe("lib/index.js");
  expect(javascript("src/x/a.ts", "@/db", ["src/db.ts"])).toBe("src/db.ts");
});

test("a Java type is looked for by its package from each folder above", () => {
  const files = ["src/main/java/app/db/Rows.java"];
  const has = (path: string) => files.includes(path);
  expect(resolveImport("src/main/java/app/web/Page.java", "app.db.Rows", "java", has)).toBe(files[0]);
  expect(resolveImport("src/main/java/app/web/Page.java", "java.util.List", "java", has)).toBeNull();
});

test("a library, a way out of the archive, and the file itself are no files of the project", () => {
  expect(javascript("src/a.ts", "fs", ["fs.js"])).toBeNull();
  expect(javascript("a.ts", "../../etc/passwd", ["etc/passwd"])).toBeNull();
  expect(javascript("src/a.ts", "./a", ["src/a.ts"])).toBeNull();
});
