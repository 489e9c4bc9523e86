// Where the bytes of a request body go while they arrive: memory, a form, or one file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "apps/server/http/message.h"
#include "apps/server/http/refusal.h"
#include "apps/server/http/router.h"

namespace http {

class BodySink {
public:
    virtual ~BodySink() = default;
    virtual std::optional<Refusal> write(std::string_view bytes) = 0;
    // The body is complete; fills the request.
    virtual std::optional<Refusal> finish(Request& request) = 0;
    // write, finish and the destructor may block on files: only on the pool.
    virtual bool blocks() const = 0;
    // More bytes than this are refused with 413.
    virtual int64_t most_bytes() const = 0;
};

// By the route and the content type; sets content_type and is_form of the request. A refusal when
// the content type cannot be read.
std::unique_ptr<BodySink> make_body_sink(const Route& route, const std::string& upload_dir,
                                         Request& request, std::optional<Refusal>& refusal);

}  // namespace http
