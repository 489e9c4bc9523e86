// The pure parts: targets, forms, routes, ranges, dates, conditions.
#include <gtest/gtest.h>

#include "apps/server/http/conditional.h"
#include "apps/server/http/http_date.h"
#include "apps/server/http/range.h"
#include "apps/server/http/router.h"
#include "apps/server/http/target.h"

namespace http {
namespace {

std::string path_of(std::string_view target) {
    std::string path;
    Query query;
    const base::Status status = parse_target(target, path, query);
    return status.ok() ? path : "refused";
}

TEST(Target, DecodesThePath) {
    EXPECT_EQ(path_of("/"), "/");
    EXPECT_EQ(path_of("/v1/videos?limit=2"), "/v1/videos");
    EXPECT_EQ(path_of("/a%20b/%C3%A9"), "/a b/\xC3\xA9");
    EXPECT_EQ(path_of("/a+b"), "/a+b");
    EXPECT_EQ(path_of("http://example.org/x?y"), "/x");
    EXPECT_EQ(path_of("HTTPS://example.org"), "/");
    EXPECT_EQ(path_of("/.well-known/a..b/...x"), "/.well-known/a..b/...x");
}

TEST(Target, RefusesWhatCouldClimbOrHide) {
    for (const char* target :
         {"", "x", "*", "/..", "/../etc", "/a/../b", "/a/..", "/%2e%2e/x", "/a/%2E%2e", "/a/./b",
          "/a%00b", "/a%0Ab", "/%7f", "/%", "/%4", "/%zz", "/%4g", "..", "/a%2f..%2fb"}) {
        EXPECT_EQ(path_of(target), "refused") << target;
    }
}

TEST(Target, ReadsQueries) {
    std::string path;
    Query query;
    ASSERT_TRUE(parse_target("/x?a=1&b=x%20y+z&c&=d&&a=2&q=100%&e=%C3%A9", path, query).ok());
    EXPECT_EQ(*query.get("a"), "1");
    EXPECT_EQ(*query.get("b"), "x y z");
    EXPECT_EQ(*query.get("c"), "");
    EXPECT_EQ(*query.get(""), "d");
    EXPECT_EQ(*query.get("q"), "100%") << "browsers send a lone % as it is";
    EXPECT_EQ(*query.get("e"), "\xC3\xA9");
    EXPECT_EQ(query.get("nothing"), nullptr);
    EXPECT_EQ(query.pairs.size(), 7u);
    EXPECT_EQ(parse_pairs(std::string(5000, '&') + "a&b&c", 2).size(), 2u);
}

Router site() {
    Router router;
    const auto add = [&](const char* method, const char* pattern) {
        Route route;
        route.method = method;
        route.pattern = pattern;
        route.handler = [](Request&) { return Response{}; };
        router.add(std::move(route));
    };
    add("GET", "/");
    add("GET", "/v1/videos");
    add("POST", "/v1/videos");
    add("GET", "/v1/videos/{video_id}");
    add("DELETE", "/v1/videos/{video_id}");
    add("GET", "/v1/videos/{id}/content");
    add("POST", "/v1/videos/edits");
    add("POST", "/v1/videos/characters/{a}/x/{b}");
    add("GET", "/app/{rest*}");
    return router;
}

TEST(Router, PrefersLiteralPartsAndTakesNames) {
    const Router router = site();
    EXPECT_EQ(router.find("GET", "/").route->pattern, "/");
    EXPECT_EQ(router.find("POST", "/v1/videos").route->method, "POST");
    const auto one = router.find("DELETE", "/v1/videos/video_5");
    EXPECT_EQ(one.route->pattern, "/v1/videos/{video_id}");
    ASSERT_EQ(one.params.size(), 1u);
    EXPECT_EQ(one.params[0], (std::pair<std::string, std::string>("video_id", "video_5")));
    EXPECT_EQ(router.find("GET", "/v1/videos/v/content").params[0].first, "id");
    EXPECT_EQ(router.find("HEAD", "/v1/videos").route->method, "GET");
    EXPECT_EQ(router.find("POST", "/v1/videos/edits").route->pattern, "/v1/videos/edits");
    // A literal that leads nowhere does not hide the names.
    EXPECT_EQ(router.find("GET", "/v1/videos/edits/content").route->pattern,
              "/v1/videos/{id}/content");
    EXPECT_EQ(router.find("GET", "/v1/videos/characters/content").params[0].second, "characters");
    EXPECT_EQ(router.find("GET", "/app/a/b.js").params[0].second, "a/b.js");
    EXPECT_EQ(router.find("GET", "/app/").params[0].second, "");
}

TEST(Router, TellsMissingPathsFromMissingMethods) {
    const Router router = site();
    for (const char* path : {"/v1", "/v1/videos/", "/v1/videos/a/b", "/app", "/x", "//"}) {
        EXPECT_EQ(router.find("GET", path).route, nullptr) << path;
        EXPECT_EQ(router.find("GET", path).allow, "") << path;
    }
    EXPECT_EQ(router.find("GET", "/v1/videos/edits").route, nullptr);
    EXPECT_EQ(router.find("GET", "/v1/videos/edits").allow, "POST");
    EXPECT_EQ(router.find("PATCH", "/v1/videos").allow, "GET, HEAD, POST");
    EXPECT_EQ(Router().find("GET", "/").route, nullptr);
}

TEST(Range, Table) {
    struct Row {
        const char* header;
        int64_t size;
        RangeChoice::Kind kind;
        std::vector<ByteRange> ranges;
    };
    using enum RangeChoice::Kind;
    const Row rows[] = {
        {"bytes=0-0", 10, Part, {{0, 1}}},
        {"bytes=0-", 10, Part, {{0, 10}}},
        {"bytes=3-5", 10, Part, {{3, 3}}},
        {"Bytes=3-500", 10, Part, {{3, 7}}},
        {"bytes=-3", 10, Part, {{7, 3}}},
        {"bytes=-30", 10, Part, {{0, 10}}},
        {"bytes=9-9", 10, Part, {{9, 1}}},
        {"bytes=10-", 10, Unsatisfiable, {}},
        {"bytes=-0", 10, Unsatisfiable, {}},
        {"bytes=0-", 0, Unsatisfiable, {}},
        {"bytes=-5", 0, Unsatisfiable, {}},
        {"bytes=0-1,4-5", 10, Part, {{0, 2}, {4, 2}}},
        {"bytes=0-1 , ,20-30", 10, Part, {{0, 2}}},
        {"bytes=8-9,0-1", 10, Part, {{8, 2}, {0, 2}}},
        {"bytes=0-8,0-8", 10, Whole, {}},
        {"bytes=0-,0-,0-", 10, Whole, {}},
        {"bytes=99999999999999999999-", 10, Unsatisfiable, {}},
        {"bytes=0-99999999999999999999", 10, Part, {{0, 10}}},
        {"bytes=-99999999999999999999", 10, Part, {{0, 10}}},
        {"bytes=5-3", 10, Whole, {}},
        {"bytes=", 10, Whole, {}},
        {"bytes=,", 10, Whole, {}},
        {"bytes=a-b", 10, Whole, {}},
        {"bytes=+1-2", 10, Whole, {}},
        {"bytes=--1", 10, Whole, {}},
        {"bytes=1", 10, Whole, {}},
        {"bytes=-", 10, Whole, {}},
        {"lines=0-1", 10, Whole, {}},
        {"", 10, Whole, {}},
    };
    for (const Row& row : rows) {
        const RangeChoice choice = choose_ranges(row.header, row.size);
        EXPECT_EQ(choice.kind, row.kind) << row.header;
        EXPECT_EQ(choice.ranges, row.ranges) << row.header;
    }
    std::string many = "bytes=0-0";
    for (int i = 1; i < 16; ++i) many += ",0-0";
    EXPECT_EQ(choose_ranges(many, 1000).kind, Part);
    EXPECT_EQ(choose_ranges(many + ",0-0", 1000).kind, Whole);
    EXPECT_EQ(content_range({3, 4}, 10), "bytes 3-6/10");
}

TEST(HttpDate, ReadsAllThreeForms) {
    // RFC 9110, 5.6.7.
    EXPECT_EQ(format_http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    for (const char* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                             "Sun Nov  6 08:49:37 1994"}) {
        EXPECT_EQ(parse_http_date(text), 784111777) << text;
    }
    for (const char* text : {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "1994-11-06",
                             "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 28:49:37 GMT",
                             "Sun, 06 Nov 1994 08:49:37 GMT trailing"}) {
        EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
    }
}

RequestHead with(std::string name, std::string value, std::string method = "GET") {
    RequestHead head;
    head.method = std::move(method);
    head.headers.push_back({std::move(name), std::move(value)});
    return head;
}

TEST(Conditional, FollowsTheOrderOfTheStandard) {
    const Validators file{"\"a,b\"", 784111777};
    const std::string at = "Sun, 06 Nov 1994 08:49:37 GMT";
    const std::string before = "Sun, 06 Nov 1994 08:49:36 GMT";
    using enum Verdict;
    EXPECT_EQ(evaluate_conditions({}, file), Proceed);
    EXPECT_EQ(evaluate_conditions(with("If-None-Match", "\"a,b\""), file), NotModified);
    EXPECT_EQ(evaluate_conditions(with("If-None-Match", "\"x\", W/\"a,b\""), file), NotModified);
    EXPECT_EQ(evaluate_conditions(with("If-None-Match", "*"), file), NotModified);
    EXPECT_EQ(evaluate_conditions(with("If-None-Match", "\"a\""), file), Proceed);
    EXPECT_EQ(evaluate_conditions(with("If-None-Match", "\"a,b"), file), Proceed);
    EXPECT_EQ(evaluate_conditions(with("If-None-Match", "*", "PUT"), file), PreconditionFailed);
    EXPECT_EQ(evaluate_conditions(with("If-Modified-Since", at), file), NotModified);
    EXPECT_EQ(evaluate_conditions(with("If-Modified-Since", before), file), Proceed);
    EXPECT_EQ(evaluate_conditions(with("If-Modified-Since", "nonsense"), file), Proceed);
    EXPECT_EQ(evaluate_conditions(with("If-Match", "\"a,b\""), file), Proceed);
    EXPECT_EQ(evaluate_conditions(with("If-Match", "W/\"a,b\""), file), PreconditionFailed);
    EXPECT_EQ(evaluate_conditions(with("If-Unmodified-Since", before), file), PreconditionFailed);
    RequestHead both = with("If-None-Match", "\"other\"");
    both.headers.push_back({"If-Modified-Since", at});
    EXPECT_EQ(evaluate_conditions(both, file), Proceed) << "the tag outranks the date";
    EXPECT_TRUE(range_allowed({}, file));
    EXPECT_TRUE(range_allowed(with("If-Range", "\"a,b\""), file));
    EXPECT_TRUE(range_allowed(with("If-Range", at), file));
    EXPECT_FALSE(range_allowed(with("If-Range", before), file));
    EXPECT_FALSE(range_allowed(with("If-Range", "W/\"a,b\""), file));
    EXPECT_FALSE(range_allowed(with("If-Range", ""), file));
}

}  // namespace
}  // namespace http
