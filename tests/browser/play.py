"""Serves a folder on a free loopback port, lets headless Chromium play one film of it, and checks
what the <video> element tells: size, length, that time ran to the end, that pictures were decoded
and differ, that sound was decoded. play.py FOLDER FILM WIDTH HEIGHT SECONDS"""
import functools
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading

folder, film, width, height, seconds = sys.argv[1], sys.argv[2], *map(float, sys.argv[3:6])
PAGE = """<!doctype html><video id=v src="/FILM" playsinline></video><script>
const tell = what => fetch('/told', {method: 'POST', body: JSON.stringify(what)});
const canvas = document.createElement('canvas');
const look = () => {
  canvas.width = 32; canvas.height = 18;
  const c = canvas.getContext('2d');
  c.drawImage(v, 0, 0, 32, 18);
  return Array.from(c.getImageData(0, 0, 32, 18).data);
};
let first = null;
v.onerror = () => tell({error: v.error.message});
v.ontimeupdate = () => { if (!first && v.currentTime > 0) first = look(); };
v.onended = () => {
  const last = look();
  tell({width: v.videoWidth, height: v.videoHeight, duration: v.duration, time: v.currentTime,
        frames: v.getVideoPlaybackQuality().totalVideoFrames, audio: v.webkitAudioDecodedByteCount,
        spread: Math.max(...last) - Math.min(...last.filter((x, i) => i % 4 != 3)),
        change: first ? Math.max(...first.map((x, i) => Math.abs(x - last[i]))) : 0});
};
v.play().catch(e => tell({error: String(e)}));
</script>"""
told, done = {}, threading.Event()


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        if self.path != "/":
            return super().do_GET()
        body = PAGE.replace("FILM", film).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        told.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()
        done.set()


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
threading.Thread(target=server.serve_forever, daemon=True).start()
profile = tempfile.mkdtemp(dir=folder)
browser = subprocess.Popen(
    ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
     "--no-first-run", "--autoplay-policy=no-user-gesture-required", f"--user-data-dir={profile}",
     f"http://127.0.0.1:{server.server_port}/"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
answered = done.wait(90)
os.killpg(browser.pid, 9)
browser.wait()
print(json.dumps(told))
wrong = []
if not answered:
    wrong.append("Chromium said nothing in 90 s")
elif "error" in told:
    wrong.append("Chromium could not play it: " + told["error"])
else:
    if (told["width"], told["height"]) != (width, height):
        wrong.append("another size")
    if abs(told["duration"] - seconds) > 1 / 24:
        wrong.append("another length")
    if told["time"] < seconds - 0.1:
        wrong.append("it ended early")
    if told["frames"] < 0.5 * 24 * seconds:
        wrong.append("pictures are missing")
    if not told["audio"]:
        wrong.append("no sound was decoded")
    if told["spread"] < 40 or told["change"] < 5:
        wrong.append("the picture is empty or does not move")
for what in wrong:
    print("FAIL", what)
sys.exit(1 if wrong else 0)
