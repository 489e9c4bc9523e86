// The least that could answer: one Beast server without routes, limits or checks. What this room's
// server costs is measured beside it, in the same run.
#pragma once

#include <string>

namespace http {

// Answers every request on 127.0.0.1 with `body` as JSON, from `threads` threads that run until the
// process ends. Gives the port.
int serve_bare(int threads, std::string body);

}  // namespace http
