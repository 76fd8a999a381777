import { createHash } from "node:crypto";
import { request } from "node:http";
import { crc32 } from "node:zlib";
import { expect, test } from "./fixtures.ts";

const CHUNK = Buffer.alloc(1024 ** 2, "not source code, only weight\n");
const CHUNKS = 300;
/** Far below the archive's size: whoever buffers it in memory is seen. */
const GROWTH_LIMIT_BYTES = 160 * 1024 ** 2;

/** A zip with one stored file of 300 MB, made while it is sent. */
function* bigZip(): Generator<Buffer> {
  const name = Buffer.from("weight.bin");
  const size = CHUNK.length * CHUNKS;
  let checksum = 0;
  for (let n = 0; n < CHUNKS; n += 1) checksum = crc32(CHUNK, checksum);
  const fields = Buffer.alloc(26); // from "version needed" to "extra length": the same in both headers
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x21, 8); // 1980-01-01
  fields.writeUInt32LE(checksum, 10);
  fields.writeUInt32LE(size, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, name]);
  yield local;
  for (let n = 0; n < CHUNKS; n += 1) yield CHUNK;
  const madeBy = Buffer.from([20, 0]);
  const directory = Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), madeBy, fields, Buffer.alloc(14), name]);
  yield directory;
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length + size, 16);
  yield end;
}

test("300 MB go through in flat memory, and arrive byte for byte", async ({ api, baseURL }) => {
  const memory = async () => {
    const metrics = await (await api.get("/metrics")).text();
    return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
  };
  const before = await memory();
  let peak = before;
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const started = await new Promise<string>((resolve, reject) => {
    const upload = request(`${baseURL}/api/v1/scans?name=weight`, {
      method: "POST",
      headers: { "content-type": "application/zip", authorization: `Bearer ${process.env.E2E_BOOTSTRAP_TOKEN}` },
    });
    upload.on("error", reject);
    upload.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve(body));
    });
    const send = async () => {
      for (const part of bigZip()) {
        hash.update(part);
        sizeBytes += part.length;
        if (!upload.write(part)) await new Promise((drained) => upload.once("drain", drained));
        if (sizeBytes % (50 * CHUNK.length) < CHUNK.length) peak = Math.max(peak, await memory());
      }
      upload.end();
    };
    send().catch(reject);
  });
  peak = Math.max(peak, await memory());
  const { name, runId } = JSON.parse(started);
  const run = await (await api.get(`/api/v1/scans/${name}/runs/${runId}`)).json();
  expect(run).toMatchObject({ sizeBytes, sha256: hash.digest("hex") });
  expect(peak - before).toBeLessThan(GROWTH_LIMIT_BYTES);
  // Nothing in it can be scanned, and that is said.
  await expect
    .poll(async () => (await (await api.get(`/api/v1/scans/${name}/runs/${runId}`)).json()).state, { timeout: 60_000 })
    .toBe("failed");
});
