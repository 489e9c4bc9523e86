// docs/openapi.json and the router say the same, in both directions.
#include "apps/server/openapi.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "apps/server/routes/routes.h"
#include "base/json/json.h"
#include "base/text/text.h"
#include "store/testing/fresh.h"

namespace server {
namespace {

// The protocol of our own workers and the page with its assets are no part of the API.
bool is_described(std::string_view pattern) {
    return !base::starts_with(pattern, "/internal/") && pattern != "/" && pattern != "/{rest*}";
}

std::set<std::string> names_in(std::string_view pattern) {
    std::set<std::string> names;
    for (size_t open = pattern.find('{'); open != std::string_view::npos;
         open = pattern.find('{', open + 1))
        names.emplace(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
    return names;
}

TEST(OpenApi, DescribesEveryRouteAndNothingElse) {
    const store::testing::TempFolder folder;
    App app;
    auto db = store::Db::open("sqlite:" + folder.path() + "/test.db");
    ASSERT_TRUE(db.ok());
    app.db = std::move(*db);
    std::set<std::string> routed;
    {
        const http::Router router = all_routes(app);
        for (const auto& route : router.routes()) {
            if (is_described(route->pattern))
                routed.insert(base::to_lower_ascii(route->method) + " " + route->pattern);
        }
    }
    const auto document = base::parse_json(openapi_document(), "openapi.json");
    ASSERT_TRUE(document.ok()) << document.error().text();
    std::set<std::string> described;
    std::set<std::string> operations;
    for (const auto& [path, methods] : document->at("paths").items()) {
        for (const auto& [method, operation] : methods.items()) {
            described.insert(method + " " + path);
            const std::string id = operation.at("operationId");
            EXPECT_TRUE(operations.insert(id).second) << id << " twice";
            std::set<std::string> declared;
            for (const auto& parameter : operation.value("parameters", base::Json::array())) {
                if (parameter.at("in") == "path") declared.insert(parameter.at("name"));
            }
            EXPECT_EQ(declared, names_in(path)) << method << " " << path;
        }
    }
    EXPECT_EQ(routed, described);
    EXPECT_GT(routed.size(), 40u);
}

}  // namespace
}  // namespace server
