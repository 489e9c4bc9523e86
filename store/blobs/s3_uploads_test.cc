// Objects in parts, and what others put past us.
#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

#include "base/core/sha256.h"
#include "base/net/http_client.h"
#include "store/blobs/blobs.h"
#include "store/testing/fresh.h"
#include "store/testing/small_s3.h"

namespace store {
namespace {

namespace fs = std::filesystem;
using base::testing::TestServer;
using testing::SmallS3;

std::string noise(size_t size) {
    std::string bytes(size, '\0');
    for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 2654435761u >> 13);
    return bytes;
}

std::string object_of(const std::string& sha256) {
    return "p/blobs/" + sha256.substr(0, 2) + "/" + sha256.substr(2, 2) + "/" + sha256;
}

int put_to(const std::string& url, const std::string& bytes) {
    base::HttpRequest request;
    request.method = "PUT";
    request.url = url;
    request.body = bytes;
    request.allow_private = true;
    const auto answer = base::http_exchange(request);
    return answer.ok() ? answer->status : 0;
}

class S3Uploads : public ::testing::Test {
protected:
    void SetUp() override {
        setenv("AWS_ACCESS_KEY_ID", "id", 1);
        setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
        open("1000");
    }
    void open(const std::string& part_bytes) {
        auto store = BlobStore::open("s3://films/p?endpoint=" + s3_.endpoint() +
                                     "&scratch=" + folder_.path() + "&part_bytes=" + part_bytes);
        CHECK(store.ok(), "open");
        blobs_ = std::move(*store);
    }
    int asked(const std::string& method, const std::string& query) const {
        int count = 0;
        for (const auto& one : s3_.asked)
            count += one.method == method && one.query.find(query) != std::string::npos;
        return count;
    }

    testing::TempFolder folder_;
    SmallS3 s3_;
    std::unique_ptr<BlobStore> blobs_;
};

TEST_F(S3Uploads, LargeFilesGoInParts) {
    const std::string big = noise(10'500);
    const auto blob = blobs_->put_bytes(big);
    ASSERT_TRUE(blob.ok()) << blob.error().text();
    EXPECT_EQ(s3_.objects[object_of(blob->sha256)], big);
    EXPECT_EQ(asked("PUT", "partNumber="), 11);
    for (const auto& one : s3_.asked) EXPECT_LE(one.body.size(), 1100u);
    EXPECT_FALSE(s3_.uploading);
    EXPECT_TRUE(fs::is_empty(folder_.path()));
    ASSERT_TRUE(blobs_->put_bytes(noise(4000)).ok());
    EXPECT_EQ(asked("PUT", "partNumber="), 11) << "four parts are no reason for parts";
}

TEST_F(S3Uploads, TenThousandPartsAreEnough) {
    open("1");
    s3_.fault = [](const SmallS3::Asked& one) -> std::optional<std::string> {
        if (one.query.find("partNumber=") == std::string::npos) return {};
        EXPECT_EQ(one.body.size(), 3u);
        return TestServer::answer(403, "");
    };
    EXPECT_FALSE(blobs_->put_bytes(noise(25'000)).ok());
    for (const char* wrong : {"0", "-1", "x", "1x", "", "99999999999999999999"}) {
        EXPECT_FALSE(
            BlobStore::open(std::string("s3://b?endpoint=http://x&part_bytes=") + wrong).ok())
            << wrong;
    }
}

TEST_F(S3Uploads, WhatFailsIsAborted) {
    const std::string big = noise(9'000);
    const auto refuse = [&](const std::string& method, const std::string& query,
                            const std::string& with) {
        s3_.fault = [=](const SmallS3::Asked& one) -> std::optional<std::string> {
            if (one.method == method && one.query.find(query) != std::string::npos) return with;
            return {};
        };
        const auto blob = blobs_->put_bytes(big);
        EXPECT_FALSE(blob.ok()) << method << query;
        EXPECT_FALSE(s3_.uploading) << method << query;
        EXPECT_TRUE(s3_.objects.empty()) << method << query;
        EXPECT_TRUE(fs::is_empty(folder_.path()));
        return blob.ok() ? "" : blob.error().text();
    };
    refuse("PUT", "partNumber=3",
           TestServer::answer(403, "<Error><Code>AccessDenied</Code></Error>"));
    refuse("PUT", "partNumber=9", TestServer::answer(200, ""));  // no ETag
    const std::string late = refuse(
        "POST", "uploadId=", TestServer::answer(200, "<Error><Code>SlowDown</Code></Error>"));
    EXPECT_NE(late.find("SlowDown"), std::string::npos) << late;
    refuse("POST", "uploads", TestServer::answer(200, "<html>"));
    EXPECT_EQ(asked("DELETE", "uploadId=u%261"), 3);
}

TEST_F(S3Uploads, AFileThatIsNotItsHashIsNotPut) {
    const std::string path = folder_.path() + "/file";
    std::ofstream(path) << noise(9'000);
    EXPECT_FALSE(blobs_->put_file(path, base::sha256_hex("another")).ok());
    EXPECT_TRUE(s3_.objects.empty());
    EXPECT_FALSE(s3_.uploading);
}

TEST_F(S3Uploads, ALostAnswerIsNoLoss) {
    int completions = 0;
    s3_.fault = [&](const SmallS3::Asked& one) -> std::optional<std::string> {
        if (one.method != "POST" || one.query.find("uploadId=") == std::string::npos) return {};
        if (++completions > 1) return {};
        (void)s3_.do_it(one, "");
        return TestServer::answer(503, "");
    };
    const auto blob = blobs_->put_bytes(noise(9'000));
    ASSERT_TRUE(blob.ok()) << blob.error().text();
    EXPECT_EQ(completions, 2);
    EXPECT_EQ(s3_.objects[object_of(blob->sha256)], noise(9'000));
}

TEST_F(S3Uploads, ABlobIsTakenOnceItIsKnown) {
    const std::string bytes = noise(700);
    const Blob blob{base::sha256_hex(bytes), 700};
    EXPECT_FALSE(*blobs_->take_upload("7-1-a", blob)) << "nothing came";
    const auto url = blobs_->presigned_put("7-1-a", 700, 60);
    ASSERT_TRUE(url.has_value());
    EXPECT_NE(url->find("/films/p/incoming/7-1-a?"), std::string::npos) << *url;
    ASSERT_EQ(put_to(*url, bytes), 200);
    EXPECT_FALSE(*blobs_->exists(blob.sha256)) << "nobody has looked at it";
    EXPECT_TRUE(*blobs_->take_upload("7-1-a", blob));
    ASSERT_EQ(s3_.objects.size(), 1u);
    EXPECT_EQ(s3_.objects[object_of(blob.sha256)], bytes);
    EXPECT_TRUE(*blobs_->take_upload("7-1-a", blob)) << "the answer may have been lost";

    // Other bytes: neither kept nor shown, and a good blob of that name stays what it was.
    for (std::string wrong : {noise(699), noise(701), noise(699) + "x", std::string()}) {
        ASSERT_EQ(put_to(*url, wrong), 200);
        EXPECT_FALSE(*blobs_->take_upload("7-1-a", blob));
        ASSERT_EQ(s3_.objects.size(), 1u);
        EXPECT_EQ(s3_.objects[object_of(blob.sha256)], bytes);
    }
}

TEST_F(S3Uploads, BytesThatChangeWhileTheyAreReadAreNotTaken) {
    const std::string bytes = noise(700), evil(700, 'x');
    const Blob blob{base::sha256_hex(bytes), 700};
    ASSERT_EQ(put_to(*blobs_->presigned_put("7-1-a", 700, 60), bytes), 200);
    s3_.fault = [&](const SmallS3::Asked& one) -> std::optional<std::string> {
        // Whoever holds the address puts again, between any two steps.
        if (one.method == "GET") s3_.objects["p/incoming/7-1-a"] = evil;
        return {};
    };
    EXPECT_TRUE(*blobs_->take_upload("7-1-a", blob));
    EXPECT_EQ(s3_.objects[object_of(blob.sha256)], bytes);
}

TEST_F(S3Uploads, ACopyThatFailsLateIsAnError) {
    const std::string bytes = noise(700);
    ASSERT_EQ(put_to(*blobs_->presigned_put("7-1-a", 700, 60), bytes), 200);
    s3_.fault = [&](const SmallS3::Asked& one) -> std::optional<std::string> {
        if (one.method != "PUT") return {};
        return TestServer::answer(200, "<Error><Code>InternalError</Code></Error>");
    };
    EXPECT_FALSE(blobs_->take_upload("7-1-a", {base::sha256_hex(bytes), 700}).ok());
    s3_.fault = nullptr;
    EXPECT_FALSE(*blobs_->exists(base::sha256_hex(bytes)));
}

TEST_F(S3Uploads, NamesLeadNowhereElse) {
    for (const char* name : {"", "..", "../blobs/x", "a/b", "A", "a.b", "%2e"}) {
        EXPECT_FALSE(blobs_->presigned_put(name, 1, 60).has_value()) << name;
        EXPECT_FALSE(*blobs_->take_upload(name, {base::sha256_hex("a"), 1})) << name;
    }
    EXPECT_FALSE(blobs_->presigned_put("a", 5'000'000'001, 60).has_value());
    EXPECT_FALSE(blobs_->presigned_put("a", -1, 60).has_value());
    EXPECT_TRUE(s3_.asked.empty());
}

TEST_F(S3Uploads, WhatIsLeftIsSwept) {
    s3_.objects = {{"p/incoming/old", "a"}, {"p/incoming/new", "b"}, {"q/incoming/old", "c"}};
    s3_.times["p/incoming/new"] = "2038-01-01T00:00:00.000Z";
    s3_.uploading = true;
    ASSERT_TRUE(blobs_->sweep_incoming(1'700'000'000'000).ok());
    EXPECT_FALSE(s3_.uploading);
    EXPECT_EQ(s3_.objects.count("p/incoming/old"), 0u);
    EXPECT_EQ(s3_.objects.count("p/incoming/new"), 1u);
    EXPECT_EQ(s3_.objects.count("q/incoming/old"), 1u) << "of another store";
    s3_.uploading = true;
    s3_.begun = "2038-01-01T00:00:00.000Z";
    ASSERT_TRUE(blobs_->sweep_incoming(1'700'000'000'000).ok());
    EXPECT_TRUE(s3_.uploading);
}

// Against a server of AOZORA_TEST_S3; started by tests/s3/run.sh.
TEST(DISABLED_S3Live, TakesPartsAndUploads) {
    const char* url = std::getenv("AOZORA_TEST_S3");
    ASSERT_NE(url, nullptr) << "run tests/s3/run.sh";
    const testing::TempFolder folder;
    auto opened = BlobStore::open(std::string(url) + "&part_bytes=300000&scratch=" + folder.path());
    ASSERT_TRUE(opened.ok()) << opened.error().text();
    BlobStore& blobs = **opened;
    const std::string big = noise(3'100'000);
    const auto blob = blobs.put_bytes(big);
    ASSERT_TRUE(blob.ok()) << blob.error().text();
    EXPECT_EQ(**blobs.size(blob->sha256), 3'100'000);
    EXPECT_EQ(*blobs.read(blob->sha256, {}, 4'000'000), big);

    const std::string other = noise(2'000'001);
    const Blob expected{base::sha256_hex(other), 2'000'001};
    const auto address = blobs.presigned_put("7-1-live", expected.bytes, 60);
    ASSERT_TRUE(address.has_value());
    ASSERT_EQ(put_to(*address, std::string(2'000'001, 'x')), 200);
    EXPECT_FALSE(*blobs.take_upload("7-1-live", expected));
    EXPECT_FALSE(*blobs.exists(expected.sha256));
    ASSERT_EQ(put_to(*address, other), 200);
    const auto taken = blobs.take_upload("7-1-live", expected);
    ASSERT_TRUE(taken.ok()) << taken.error().text();
    EXPECT_TRUE(*taken);
    EXPECT_EQ(*blobs.read(expected.sha256, {}, 4'000'000), other);

    ASSERT_EQ(put_to(*address, other), 200);
    ASSERT_TRUE(blobs.sweep_incoming(std::numeric_limits<int64_t>::max()).ok());
    EXPECT_TRUE(*blobs.take_upload("7-1-live", expected));
    ASSERT_TRUE(blobs.remove(expected.sha256).ok());
    EXPECT_FALSE(*blobs.take_upload("7-1-live", expected)) << "the sweep left it";
    ASSERT_TRUE(blobs.remove(blob->sha256).ok());
}

}  // namespace
}  // namespace store
