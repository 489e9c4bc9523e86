// A client that keeps many connections busy and measures, for benchmarks: one thread, plain
// sockets.
#pragma once

#include <string>

namespace apps {

int connect_local(int port);  // CHECK-fails when nobody listens on 127.0.0.1:port
void send_all(int socket, const char* bytes, size_t size);

struct Load {
    double requests_per_s = 0, p50_ms = 0, p99_ms = 0;
};
// Sends `request` over `connections` keep-alive connections, on each again as soon as its answer is
// whole, for `seconds`. Answers must be 200 with a Content-Length; anything else CHECK-fails.
Load measure_load(int port, const std::string& request, int connections, double seconds);

}  // namespace apps
