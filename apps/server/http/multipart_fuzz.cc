// Any bytes as a form: where they are split must not matter, and begin, data, end come in order.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "apps/server/http/multipart.h"

namespace {

class Recorder : public http::PartReceiver {
public:
    std::optional<http::Refusal> begin(http::PartHead head) override {
        if (open_) std::abort();
        open_ = true;
        log += "[" + head.name + "|" + head.filename.value_or("-") + "|" + head.content_type + ":";
        return std::nullopt;
    }
    std::optional<http::Refusal> data(std::string_view piece) override {
        if (!open_ || piece.empty()) std::abort();
        log += piece;
        return std::nullopt;
    }
    std::optional<http::Refusal> end() override {
        if (!open_) std::abort();
        open_ = false;
        log += "]";
        return std::nullopt;
    }
    std::string log;

private:
    bool open_ = false;
};

std::string parse(std::string_view boundary, std::string_view body, size_t step) {
    Recorder recorder;
    http::MultipartParser parser(boundary, recorder);
    while (!body.empty()) {
        if (const auto refusal = parser.feed(body.substr(0, step))) return refusal->message;
        body.remove_prefix(std::min(step, body.size()));
    }
    if (const auto refusal = parser.finish()) return refusal->message;
    return recorder.log;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size < 1) return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string whole = parse("B", body, SIZE_MAX);
    if (parse("B", body, 1) != whole) std::abort();
    if (parse("B", body, data[0] + size_t{2}) != whole) std::abort();
    http::multipart_boundary(body);
    http::header_parameter(body, "filename");
    return 0;
}
