// What holds for every request, whatever its route.
#pragma once

#include <optional>
#include <string>

#include "apps/server/core/app.h"

namespace server {

// Host and Origin, and what browsers on other sites may do; the refusal, if it is one.
std::optional<http::Response> guard(const App& app, const http::RequestHead& head);
// The headers of every answer.
void finish(const App& app, const http::RequestHead& head, http::Response& response);
// What the HTTP layer refuses by itself, in our envelope.
http::Response plain_error(int status, const std::string& message);

}  // namespace server
