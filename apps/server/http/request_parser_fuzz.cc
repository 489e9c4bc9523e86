// Any bytes as requests on one connection: where they are split must not matter.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "apps/server/http/request_parser.h"

namespace {

// All that was understood, as text.
std::string parse(std::string_view bytes, size_t step) {
    constexpr size_t kMostHeadBytes = 4096;
    using Step = http::RequestParser::Step;
    http::RequestParser parser;
    std::string log, unread;
    http::RequestHead head;
    parser.reset(head);
    bool in_body = false;
    std::string body;
    while (true) {
        size_t used = 0;
        const Step result = in_body ? parser.parse_body(unread, used, body)
                                    : parser.parse_head(unread, kMostHeadBytes, used);
        if (used > unread.size()) std::abort();
        unread.erase(0, used);
        if (result == Step::Refused) return log + body + "!" + parser.refusal().message;
        if (result == Step::Done && !in_body) {
            if (!head.path.starts_with('/')) std::abort();
            log += head.method + " " + head.path + "\n";
            for (const http::Header& header : head.headers) {
                log += header.name + ":" + header.value + "\n";
            }
            in_body = true;
            continue;
        }
        if (result == Step::Done) {
            log += body + "\n";
            body.clear();
            in_body = false;
            parser.reset(head);
            continue;
        }
        if (bytes.empty()) return log + body;
        unread += bytes.substr(0, step);
        bytes.remove_prefix(std::min(step, bytes.size()));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size < 1 || size > 4000) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string whole = parse(bytes, SIZE_MAX);
    if (parse(bytes, 1) != whole || parse(bytes, data[0] + size_t{2}) != whole) std::abort();
    return 0;
}
