// Any bytes as the query of a list: a page in order and within its limit, or 400.
#include <cstddef>
#include <cstdint>
#include <string>

#include "apps/server/routes/fuzz_site.h"

// First byte: which list.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using server::testing::expect;
    constexpr const char* kTargets[] = {"/v1/videos", "/v1/files", "/v1/batches", "/v1/webhooks"};
    if (size < 1) return 0;
    const std::string_view query(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::string path;
    http::Query parsed;
    const std::string target = std::string(kTargets[data[0] % 4]) + "?" + std::string(query);
    // What the HTTP server itself refuses.
    if (!http::parse_target(target, path, parsed).ok()) return 0;
    http::Request request;
    const http::Response response = server::testing::FuzzSite::shared().ask("GET", target, request);
    const base::Json answer = server::testing::FuzzSite::json(response);
    if (response.status != 200) {
        expect(response.status == 400 || response.status == 404);
        return 0;
    }
    const base::Json& items = answer.at("data");
    expect(answer.at("object") == "list" && answer.at("has_more").is_boolean());
    expect(items.size() <= 100);
    const std::string* order = parsed.get("order");
    const bool ascending = order && *order == "asc";
    for (size_t i = 1; i < items.size(); ++i) {
        const auto before = items[i - 1].at("id").get<std::string>();
        const auto now = items[i].at("id").get<std::string>();
        expect(ascending ? before < now : before > now);
    }
    return 0;
}
