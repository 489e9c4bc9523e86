// Result<T>: the answer of a function that may fail for an expected reason.
//
// Three kinds of trouble never mix (docs/way.md):
//   * a bug              -> CHECK (base/core/check.h), stops the process
//   * expected failure   -> Result<T> with an Error, passed upward with TRY
//   * a mistake in user text -> an Error whose `where` is "file:line:column" or a JSON pointer
//                            and whose message says how to mend it
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/core/check.h"

namespace base {

enum class ErrorKind {
    Failed,     // the work could not be done (exit 1, HTTP 500)
    Usage,      // asked for in a wrong way (exit 2, HTTP 400)
    NotBuilt,   // a part that does not exist yet (exit 1, HTTP 501)
    Cancelled,  // somebody asked us to stop
    NotFound,
};

struct Error {
    ErrorKind kind = ErrorKind::Failed;
    std::string message;  // what is wrong and what to do, no trailing full stop
    std::string where;    // "film.fountain:12:3", "/shots/0/camera", a path; may be empty

    // `message (where)`, the form printed after "aozora: ".
    std::string text() const { return where.empty() ? message : message + " (" + where + ")"; }
};

inline Error failed(std::string message, std::string where = {}) {
    return {ErrorKind::Failed, std::move(message), std::move(where)};
}
inline Error usage_error(std::string message, std::string where = {}) {
    return {ErrorKind::Usage, std::move(message), std::move(where)};
}

template <typename T>
class [[nodiscard]] Result {
public:
    using Value = T;
    Result(T value) : data_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : data_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return data_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & {
        CHECK(ok(), "value() of a failed Result: " + error().text());
        return std::get<0>(data_);
    }
    const T& value() const& {
        CHECK(ok(), "value() of a failed Result: " + error().text());
        return std::get<0>(data_);
    }
    T&& value() && {
        CHECK(ok(), "value() of a failed Result: " + error().text());
        return std::get<0>(std::move(data_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return std::get<1>(data_); }

private:
    std::variant<T, Error> data_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using Value = void;
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}
    bool ok() const { return !error_; }
    explicit operator bool() const { return ok(); }
    void value() const { CHECK(ok(), "value() of a failed Result: " + error().text()); }
    const Error& error() const { return *error_; }

private:
    std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace base

// TRY(expression): its value, or return its error from the enclosing function. A statement
// expression (GNU) keeps call sites readable; every compiler that we support has it.
#define TRY(...)                                                          \
    __extension__({                                                       \
        auto try_result_ = (__VA_ARGS__);                                 \
        if (!try_result_.ok()) return ::base::Error(try_result_.error()); \
        std::move(try_result_).value();                                   \
    })
