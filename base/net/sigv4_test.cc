// The examples of the S3 API reference ("Examples: Signature Calculations in AWS Signature Version
// 4").
#include "base/net/sigv4.h"

#include <gtest/gtest.h>

#include "base/core/sha256.h"

namespace base {
namespace {

const SigV4Key kKey = {"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "",
                       "us-east-1", "s3"};
constexpr int64_t kNow = 1369353600;  // 2013-05-24T00:00:00Z
const std::string kHost = "https://examplebucket.s3.amazonaws.com";
const std::string kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string authorization(const std::string& method, const std::string& path,
                          const std::vector<HttpHeader>& headers, const std::string& payload) {
    const auto added = sigv4_headers(kKey, method, kHost + path, headers, payload, kNow);
    EXPECT_TRUE(added.ok());
    EXPECT_EQ(added->front().value, "20130524T000000Z");
    EXPECT_EQ(added->back().name, "Authorization");
    return added->back().value;
}

std::string expected(const std::string& names, const std::string& signature) {
    return "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
           "SignedHeaders=" +
           names + ",Signature=" + signature;
}

TEST(SigV4, GetObject) {
    EXPECT_EQ(authorization("GET", "/test.txt", {{"Range", "bytes=0-9"}}, kEmpty),
              expected("host;range;x-amz-content-sha256;x-amz-date",
                       "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
}

TEST(SigV4, PutObject) {
    const std::vector<HttpHeader> headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                                             {"x-amz-storage-class", "REDUCED_REDUNDANCY"}};
    const std::string payload = sha256_hex("Welcome to Amazon S3.");
    EXPECT_EQ(payload, "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
    for (const char* path : {"/test$file.text", "/test%24file.text"}) {
        EXPECT_EQ(authorization("PUT", path, headers, payload),
                  expected("date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                           "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
    }
}

TEST(SigV4, QueriesAreSortedAndMayHaveNoValue) {
    EXPECT_EQ(authorization("GET", "?lifecycle", {}, kEmpty),
              expected("host;x-amz-content-sha256;x-amz-date",
                       "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
    for (const char* query : {"/?max-keys=2&prefix=J", "/?prefix=J&max-keys=2"}) {
        EXPECT_EQ(authorization("GET", query, {}, kEmpty),
                  expected("host;x-amz-content-sha256;x-amz-date",
                           "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
    }
}

TEST(SigV4, PresignedUrl) {
    EXPECT_EQ(
        *sigv4_presigned_url(kKey, "GET", kHost + "/test.txt", 86'400, kNow),
        kHost +
            "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F"
            "20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires="
            "86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    EXPECT_FALSE(sigv4_presigned_url(kKey, "GET", kHost, 0, kNow).ok());
    EXPECT_FALSE(sigv4_presigned_url(kKey, "GET", kHost, 604'801, kNow).ok());
}

TEST(SigV4, TemporaryKeysSendTheirToken) {
    SigV4Key key = kKey;
    key.session_token = "token/+";
    const auto added = sigv4_headers(key, "GET", kHost, {}, kEmpty, kNow);
    ASSERT_EQ(added->size(), 4u);
    EXPECT_EQ((*added)[2].name, "x-amz-security-token");
    EXPECT_NE(added->back().value.find("x-amz-date;x-amz-security-token,"), std::string::npos);
    EXPECT_NE(sigv4_presigned_url(key, "GET", kHost, 5, kNow)->find("Security-Token=token%2F%2B"),
              std::string::npos);
}

TEST(SigV4, TheHostIsWhatAClientSends) {
    const auto signature = [](const std::string& url) {
        return sigv4_headers(kKey, "GET", url, {}, kEmpty, kNow)->back().value;
    };
    EXPECT_EQ(signature("https://a.b:443/x"), signature("https://A.b/x"));
    EXPECT_EQ(signature("http://a.b:80/x"), signature("http://a.b/x"));
    EXPECT_NE(signature("http://a.b:443/x"), signature("http://a.b/x"));
    EXPECT_FALSE(sigv4_headers(kKey, "GET", "a.b/x", {}, kEmpty, kNow).ok());
    EXPECT_FALSE(sigv4_headers(kKey, "GET", "https://u:p@a.b/x", {}, kEmpty, kNow).ok());
}

TEST(SigV4, PercentEncoding) {
    EXPECT_EQ(percent_encoded("a b/ü~"), "a%20b%2F%C3%BC~");
    EXPECT_EQ(percent_encoded("a/b", true), "a/b");
    EXPECT_EQ(percent_decoded("a%20b%2f%C3%BC"), "a b/ü");
    EXPECT_EQ(percent_decoded("100%"), "100%");
    EXPECT_EQ(percent_decoded("%zz%4"), "%zz%4");
}

}  // namespace
}  // namespace base
