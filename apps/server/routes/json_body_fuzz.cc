// Any bytes as the body of the requests that make something, as JSON or as a url-encoded form: the
// answer is the documented one, never a failure of the server's.
#include <cstddef>
#include <cstdint>
#include <string>

#include "apps/server/routes/fuzz_site.h"

namespace {

constexpr const char* kTargets[] = {
    "/v1/videos",
    "/v1/videos/video_00000000000000000000000000000001/remix",
    "/v1/videos/edits",
    "/v1/videos/extensions",
    "/v1/videos/video_00000000000000000000000000000001/loop",
    "/v1/videos/video_00000000000000000000000000000001/blend",
    "/v1/videos/video_00000000000000000000000000000001/recut",
    "/v1/batches",
    "/v1/webhooks",
    "/api/admin/keys",
    "/api/admin/projects",
    "/v1/files",
};

}  // namespace

// First byte: the route, as a letter from 'a'. Second: 'f' for a form.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using server::testing::expect;
    if (size < 2) return 0;
    const std::string body(reinterpret_cast<const char*>(data) + 2, size - 2);
    http::Request request;
    if (data[1] == 'f') {
        request.is_form = true;
        request.content_type = "application/x-www-form-urlencoded";
        for (auto& [name, value] : http::parse_pairs(body, 100)) {
            http::FormPart part;
            part.name = name;
            part.value = value;
            request.form.push_back(std::move(part));
        }
    } else {
        request.content_type = "application/json";
        request.body = body;
    }
    const char* target = kTargets[(data[0] + 256u - 'a') % std::size(kTargets)];
    const http::Response response =
        server::testing::FuzzSite::shared().ask("POST", target, request);
    const base::Json answer = server::testing::FuzzSite::json(response);
    if (response.status == 200) {
        expect(answer.contains("id"));
    } else {
        // 422: an Idempotency-Key; 429: no limit is set; 5xx: never for what a client sends.
        expect(response.status == 400 || response.status == 404);
    }
    return 0;
}
