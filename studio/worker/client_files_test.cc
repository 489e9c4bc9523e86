// Files past the server: into its bucket and out of it, and through the server when that fails.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <vector>

#include "base/core/sha256.h"
#include "base/net/test_server.h"
#include "media/atomic_file.h"
#include "studio/worker/client.h"
#include "studio/worker/test_job.h"

namespace studio {
namespace {

using base::Json;
using base::testing::TestServer;
using media::testing::Folder;

// A server and its bucket on one port.
class Site {
public:
    Site() : server_([this](const std::string& request) { return answer(request); }) {
        ClientOptions options;
        options.server = server_.url("");
        options.token = "secret";
        options.retry_s = 1;
        client = *DeskClient::create(options);
        job.id = 7;
        job.attempt = 2;
    }
    std::string file(size_t bytes) {
        const std::string path = folder_ / "file";
        std::ofstream(path) << std::string(bytes, 'a');
        return path;
    }
    std::string url(const std::string& path) const { return server_.url(path); }
    std::string operator/(const std::string& name) const { return folder_ / name; }
    int count(const std::string& start) const {
        int n = 0;
        for (const std::string& one : calls) n += one.starts_with(start);
        return n;
    }

    std::optional<DeskClient> client;
    Claim job;
    int bucket_status = 200, ask_status = 200, take_status = 200;
    Json place = {{"upload", "7-2-abc"}, {"url", "bucket"}};
    std::map<std::string, std::string> bucket, through;
    Json taken;
    std::vector<std::string> calls;

private:
    std::string answer(const std::string& request) {
        const std::string method = request.substr(0, request.find(' '));
        const size_t at = method.size() + 1;
        const std::string path = request.substr(at, request.find(' ', at) - at);
        const std::string body = TestServer::body_of(request);
        calls.push_back(method + " " + path);
        const bool has_token = request.find("Authorization: Bearer secret") != std::string::npos;
        if (path.starts_with("/bucket/")) {
            EXPECT_FALSE(has_token) << "the bucket is told our token";
            if (method == "GET") return TestServer::answer(bucket_status, bucket[path]);
            bucket[path] = body;
            return TestServer::answer(bucket_status, "");
        }
        EXPECT_TRUE(has_token);
        const std::string what = path.substr(std::string("/internal/v1/jobs/7/").size());
        if (what == "uploads") {
            Json answer = place;
            if (answer.at("url") == "bucket") answer["url"] = server_.url("/bucket/x?signed=1");
            return TestServer::answer(ask_status, answer.dump());
        }
        if (what == "uploads/7-2-abc") {
            taken = Json::parse(body);
            return TestServer::answer(
                take_status,
                Json({{"sha256", base::sha256_hex(bucket["/bucket/x?signed=1"])}}).dump());
        }
        if (method == "GET") return TestServer::answer(200, through["/input"]);
        through[what] = body;
        return TestServer::answer(200, Json({{"sha256", base::sha256_hex(body)}}).dump());
    }
    Folder folder_;
    TestServer server_;  // last: stops first
};

constexpr size_t kLarge = 300 << 10;

TEST(WorkerFiles, LargeOnesGoIntoTheBucket) {
    Site site;
    const auto sha256 = site.client->put_output(site.job, "video", site.file(kLarge), nullptr);
    ASSERT_TRUE(sha256.ok()) << sha256.error().text();
    EXPECT_EQ(**sha256, base::sha256_hex(std::string(kLarge, 'a')));
    EXPECT_EQ(site.bucket["/bucket/x?signed=1"].size(), kLarge);
    EXPECT_TRUE(site.through.empty());
    EXPECT_EQ(site.taken.at("attempt"), 2);
    EXPECT_EQ(site.taken.at("kind"), "output");
    EXPECT_EQ(site.taken.at("name"), "video");
    EXPECT_EQ(site.taken.at("sha256"), **sha256);
    EXPECT_EQ(site.taken.at("bytes"), kLarge);
    EXPECT_EQ(*site.client->put_part(site.job, "part-000.mkv", site.file(kLarge), nullptr),
              Fence::Ours);
    EXPECT_EQ(site.taken.at("kind"), "part");
    EXPECT_TRUE(site.through.empty());
}

TEST(WorkerFiles, SmallOnesAndThoseWithoutAnAddressGoThroughTheServer) {
    Site site;
    ASSERT_TRUE(site.client->put_output(site.job, "thumbnail", site.file(1000), nullptr).ok());
    EXPECT_EQ(site.count("POST"), 0);
    for (const Json& none : {Json({{"upload", nullptr}, {"url", nullptr}}),
                             Json({{"upload", "../x"}, {"url", "bucket"}})}) {
        site.place = none;
        site.through.clear();
        ASSERT_TRUE(site.client->put_output(site.job, "video", site.file(kLarge), nullptr).ok());
        EXPECT_EQ(site.through.size(), 1u);
    }
    EXPECT_TRUE(site.bucket.empty());
}

TEST(WorkerFiles, TroubleMeansThroughTheServer) {
    const auto wish = [](int Site::*status, int value) {
        Site site;
        site.*status = value;
        const auto sha256 = site.client->put_output(site.job, "video", site.file(kLarge), nullptr);
        ASSERT_TRUE(sha256.ok()) << sha256.error().text();
        EXPECT_TRUE(sha256->has_value());
        EXPECT_EQ(site.through.size(), 1u);
        const int asked = site.count("POST /internal/v1/jobs/7/uploads");
        ASSERT_TRUE(site.client->put_output(site.job, "record", site.file(kLarge), nullptr).ok());
        EXPECT_EQ(site.count("POST /internal/v1/jobs/7/uploads"), asked)
            << "not asked again at once";
    };
    wish(&Site::bucket_status, 403);
    wish(&Site::ask_status, 404);  // an older server
    wish(&Site::take_status, 400);
}

TEST(WorkerFiles, ALostJobIsLostOnEitherWay) {
    for (int Site::*status : {&Site::ask_status, &Site::take_status}) {
        Site site;
        site.*status = 409;
        EXPECT_FALSE(
            site.client->put_output(site.job, "video", site.file(kLarge), nullptr)->has_value());
        EXPECT_EQ(*site.client->put_part(site.job, "a.mkv", site.file(kLarge), nullptr),
                  Fence::Lost);
        EXPECT_TRUE(site.through.empty());
    }
}

TEST(WorkerFiles, InputsComeFromTheBucketIfTheyAreWhole) {
    Site site;
    const std::string good = "a film";
    site.bucket["/bucket/in?signed=1"] = good;
    site.through["/input"] = good;
    const ClaimedInput input{"source", base::sha256_hex(good), 6, false,
                             site.url("/bucket/in?signed=1")};
    ASSERT_TRUE(site.client->fetch(site.job, input, site / "one", nullptr).ok());
    EXPECT_EQ(site.count("GET /internal"), 0);
    site.bucket["/bucket/in?signed=1"] = "a fi1m";
    ASSERT_TRUE(site.client->fetch(site.job, input, site / "two", nullptr).ok());
    EXPECT_EQ(site.count("GET /internal"), 1);
    EXPECT_EQ(*base::sha256_hex_of_file(site / "two"), input.sha256);
}

}  // namespace
}  // namespace studio
