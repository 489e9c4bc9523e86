// Conditional requests (RFC 9110 section 13). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "apps/server/http/message.h"

namespace http {

// Of what would be sent. `etag` as in the header, with its quotes, "" = none; `modified` in seconds
// since 1970.
struct Validators {
    std::string etag;
    std::optional<int64_t> modified;
};

enum class Verdict { Proceed, NotModified, PreconditionFailed };  // as asked, 304, 412

// In the order of section 13.2.2.
Verdict evaluate_conditions(const RequestHead& request, const Validators& validators);

// Whether Range counts: true without If-Range, or when it names exactly this representation.
bool range_allowed(const RequestHead& request, const Validators& validators);

}  // namespace http
