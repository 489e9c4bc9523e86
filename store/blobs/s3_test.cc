#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "base/core/sha256.h"
#include "base/net/http_client.h"
#include "base/net/test_server.h"
#include "store/blobs/blobs.h"
#include "store/testing/fresh.h"

namespace store {
namespace {

namespace fs = std::filesystem;
using base::testing::TestServer;

const std::string kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

class S3Answers : public ::testing::Test {
protected:
    void SetUp() override {
        setenv("AWS_ACCESS_KEY_ID", "id", 1);
        setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
    }
    std::unique_ptr<BlobStore> open(const TestServer& server) {
        auto store = BlobStore::open("s3://films/p?endpoint=" + server.url("/") +
                                     "&region=eu-1&scratch=" + folder_.path());
        CHECK(store.ok(), "open");
        return std::move(*store);
    }
    testing::TempFolder folder_;
};

TEST_F(S3Answers, TriesAgainWhenTheServerIsBusy) {
    int calls = 0;
    std::string seen;
    TestServer server([&](const std::string& request) {
        seen = request;
        return TestServer::answer(++calls < 3 ? 503 : 200, "");
    });
    auto blobs = open(server);
    const auto blob = blobs->put_bytes("abc");
    ASSERT_TRUE(blob.ok()) << blob.error().text();
    EXPECT_EQ(calls, 3);
    EXPECT_TRUE(seen.starts_with("PUT /films/p/blobs/ba/78/" + kAbc + " HTTP/1.1\r\n")) << seen;
    EXPECT_NE(seen.find("x-amz-content-sha256: " + kAbc), std::string::npos);
    EXPECT_NE(seen.find("/eu-1/s3/aws4_request"), std::string::npos);
    EXPECT_EQ(TestServer::body_of(seen), "abc");
    EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(S3Answers, ARefusalIsToldAtOnce) {
    int calls = 0;
    TestServer server([&](const std::string&) {
        ++calls;
        return TestServer::answer(
            403, "<Error><Code>SignatureDoesNotMatch</Code><Message>wrong key</Message></Error>");
    });
    auto blobs = open(server);
    const auto blob = blobs->put_bytes("abc");
    ASSERT_FALSE(blob.ok());
    EXPECT_NE(blob.error().message.find("SignatureDoesNotMatch: wrong key"), std::string::npos);
    EXPECT_EQ(calls, 1);
    EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(S3Answers, DamagedBytesAreNotTaken) {
    TestServer server([&](const std::string& request) {
        return TestServer::answer(200, request.starts_with("HEAD") ? "" : "abd");
    });
    auto blobs = open(server);
    const std::string path = folder_.path() + "/copy";
    EXPECT_FALSE(blobs->copy_to(kAbc, path).ok());
    EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(S3Answers, AddressesAreChecked) {
    EXPECT_FALSE(BlobStore::open("s3://").ok());
    EXPECT_FALSE(BlobStore::open("s3://films?endpont=http://x").ok());
    unsetenv("AWS_SECRET_ACCESS_KEY");
    const auto refused = BlobStore::open("s3://films");
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message.find("AWS_SECRET_ACCESS_KEY"), std::string::npos);
}

// Against a server of AOZORA_TEST_S3 (an s3://... address); started by tests/s3/run.sh.
TEST(DISABLED_S3Live, KeepsBlobs) {
    const char* url = std::getenv("AOZORA_TEST_S3");
    ASSERT_NE(url, nullptr) << "run tests/s3/run.sh";
    const testing::TempFolder folder;
    auto opened = BlobStore::open(std::string(url) + "&scratch=" + folder.path());
    ASSERT_TRUE(opened.ok()) << opened.error().text();
    BlobStore& blobs = **opened;

    std::string big(3'000'000, '\0');
    for (size_t i = 0; i < big.size(); ++i) big[i] = static_cast<char>(i * 2654435761u >> 13);
    const auto blob = blobs.put_bytes(big);
    ASSERT_TRUE(blob.ok()) << blob.error().text();
    EXPECT_EQ(blob->sha256, base::sha256_hex(big));
    EXPECT_TRUE(*blobs.exists(blob->sha256));
    EXPECT_FALSE(*blobs.exists(kAbc));
    EXPECT_EQ(**blobs.size(blob->sha256), 3'000'000);
    EXPECT_FALSE(blobs.size(kAbc)->has_value());

    const auto middle = blobs.read(blob->sha256, {1'000'000, 70'000}, 1 << 20);
    ASSERT_TRUE(middle.ok()) << middle.error().text();
    EXPECT_EQ(*middle, big.substr(1'000'000, 70'000));
    EXPECT_EQ(*blobs.read(blob->sha256, {2'999'990, -1}, 1 << 20), big.substr(2'999'990));
    EXPECT_EQ(*blobs.read(blob->sha256, {3'000'000, -1}, 1 << 20), "");
    EXPECT_FALSE(blobs.read(blob->sha256, {3'000'001, -1}, 1 << 20).ok());
    EXPECT_FALSE(blobs.read(blob->sha256, {}, 1 << 20).ok());
    EXPECT_EQ(blobs.read(kAbc, {}, 1 << 20).error().kind, base::ErrorKind::NotFound);
    EXPECT_EQ(*blobs.read(blobs.put_bytes("")->sha256, {}, 10), "");

    const std::string copy = folder.path() + "/copy";
    ASSERT_TRUE(blobs.copy_to(blob->sha256, copy).ok());
    EXPECT_EQ(*base::sha256_hex_of_file(copy), blob->sha256);

    base::HttpRequest stranger;
    stranger.url = *blobs.presigned_get(blob->sha256, 60, "video/mp4");
    stranger.allow_private = true;
    const auto answer = base::http_exchange(stranger);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->status, 200) << answer->body;
    EXPECT_EQ(answer->body, big);
    EXPECT_EQ(*answer->header("Content-Type"), "video/mp4");

    // More than one page of a list (1000).
    std::set<std::string> put = {blob->sha256, base::sha256_hex("")}, seen;
    for (int i = 0; i < 1100; ++i) put.insert(blobs.put_bytes(std::to_string(i))->sha256);
    const base::Status listed =
        blobs.each([&](const std::string& sha256, int64_t, int64_t put_ms) -> base::Status {
            EXPECT_GT(put_ms, 1'700'000'000'000);
            EXPECT_TRUE(seen.insert(sha256).second);
            return {};
        });
    ASSERT_TRUE(listed.ok()) << listed.error().text();
    EXPECT_EQ(seen, put);

    EXPECT_FALSE(*blobs.remove_if_older(blob->sha256, 1'000'000));
    EXPECT_TRUE(*blobs.remove_if_older(blob->sha256, INT64_MAX));
    EXPECT_FALSE(*blobs.exists(blob->sha256));
    EXPECT_TRUE(blobs.remove(blob->sha256).ok());
}

}  // namespace
}  // namespace store
