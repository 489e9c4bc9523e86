#include "apps/server/core/api_error.h"

#include "base/json/json.h"

namespace server {
namespace {

base::Json or_null(const std::string& text) {
    return text.empty() ? base::Json(nullptr) : base::Json(text);
}

}  // namespace

http::Response to_response(const ApiError& error) {
    const base::Json body = {{"error",
                              {{"message", error.message},
                               {"type", error.type},
                               {"param", or_null(error.param)},
                               {"code", or_null(error.code)}}}};
    // Text of the client may come back in a message; invalid UTF-8 must not throw here.
    http::Response response = http::json_text(
        error.status, body.dump(-1, ' ', false, base::Json::error_handler_t::replace));
    if (error.retry_after_s > 0) {
        response.with("Retry-After", std::to_string(error.retry_after_s));
        response.with("retry-after-ms", std::to_string(error.retry_after_s * 1000));
    }
    if (error.never_retry) response.with("x-should-retry", "false");
    return response;
}

ApiError bad_value(std::string param, std::string message, std::string code) {
    return {400, std::move(message), "invalid_request_error", std::move(param), std::move(code)};
}

ApiError unknown_parameter(const std::string& param) {
    return bad_value(param, "Unknown parameter: '" + param + "'.", "unknown_parameter");
}

ApiError missing_parameter(const std::string& param) {
    return bad_value(param, "Missing required parameter: '" + param + "'.",
                     "missing_required_parameter");
}

ApiError video_not_found(const std::string& id) {
    return {404, "Video with id '" + id + "' not found.", "invalid_request_error", "", ""};
}

ApiError not_found(const std::string& what, const std::string& id) {
    return {404, what + " with id '" + id + "' not found.", "invalid_request_error", "", ""};
}

ApiError unauthorised(const std::string& message) {
    return {401, message, "invalid_request_error", "", "invalid_api_key"};
}

ApiError forbidden(const std::string& message, const std::string& code) {
    return {403, message, "invalid_request_error", "", code};
}

ApiError too_many(const std::string& message, const std::string& code, int retry_after_s) {
    return {429, message, "rate_limit_error", "", code, retry_after_s};
}

ApiError server_error(const std::string& request_id) {
    return {500,
            "The server had an error while processing your request. Its log names the reason "
            "under request id " +
                request_id + ".",
            "server_error", "", ""};
}

ApiError unavailable(const std::string& message, int retry_after_s) {
    return {503, message, "server_error", "", "unavailable", retry_after_s};
}

}  // namespace server
