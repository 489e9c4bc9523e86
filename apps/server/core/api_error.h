// Errors as OpenAI's clients expect them: {"error":{"message","type","param","code"}}, all four
// keys. Sources: the public OpenAPI document (Error, ErrorResponse) and what the SDKs map by
// status.
#pragma once

#include <optional>
#include <string>

#include "apps/server/http/message.h"
#include "base/core/result.h"

namespace server {

struct ApiError {
    int status = 400;
    std::string message;  // a whole sentence: what is wrong and what to do
    std::string type = "invalid_request_error";
    std::string param;  // "" = null
    std::string code;   // "" = null
    int retry_after_s = 0;
    // SDKs retry 408, 409, 429 and 5xx; a permanent conflict says that it is one.
    bool never_retry = false;
};

http::Response to_response(const ApiError& error);

ApiError bad_value(std::string param, std::string message, std::string code = "invalid_value");
ApiError unknown_parameter(const std::string& param);
ApiError missing_parameter(const std::string& param);
ApiError video_not_found(const std::string& id);
ApiError not_found(const std::string& what, const std::string& id);
ApiError unauthorised(const std::string& message);
ApiError forbidden(const std::string& message, const std::string& code = "forbidden");
ApiError too_many(const std::string& message, const std::string& code, int retry_after_s);
ApiError server_error(const std::string& request_id);
ApiError unavailable(const std::string& message, int retry_after_s);

// A value or the error that goes to the client.
template <typename T>
class Answer {
public:
    Answer(T value) : value_(std::move(value)) {}
    Answer(ApiError error) : error_(std::move(error)) {}
    bool ok() const { return value_.has_value(); }
    T& operator*() { return *value_; }
    const T& operator*() const { return *value_; }
    T* operator->() { return &*value_; }
    const ApiError& error() const { return error_; }

private:
    std::optional<T> value_;
    ApiError error_;
};

}  // namespace server

// GET_OR_ANSWER(name, expression of type Answer<T>): declares `name`, or answers with the error.
#define GET_OR_ANSWER(name, ...)                                        \
    auto name##_answer = (__VA_ARGS__);                                 \
    if (!name##_answer.ok()) return to_response(name##_answer.error()); \
    auto& name = *name##_answer
