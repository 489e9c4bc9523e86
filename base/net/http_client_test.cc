#include "base/net/http_client.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/net/address.h"
#include "base/net/test_server.h"

namespace base {
namespace {

using testing::TestServer;

HttpRequest to(const std::string& url) {
    HttpRequest request;
    request.url = url;
    request.allow_private = true;
    request.timeout_s = 5;
    return request;
}

TEST(HttpClient, SendsAndReceives) {
    std::string seen;
    TestServer server([&](const std::string& request) {
        seen = request;
        return TestServer::answer(201, "hello", "X-Thing: 7\r\n");
    });
    HttpRequest request = to(server.url("/v1/x?y=1"));
    request.method = "POST";
    request.headers = {{"Authorization", "Bearer abc"}, {"Content-Type", "application/json"}};
    request.body = std::string("{\"a\":\"\0\"}", 9);
    const auto response = http_exchange(request);
    ASSERT_TRUE(response.ok()) << response.error().text();
    EXPECT_EQ(response->status, 201);
    EXPECT_TRUE(response->ok());
    EXPECT_EQ(response->body, "hello");
    ASSERT_NE(response->header("x-thing"), nullptr);
    EXPECT_EQ(*response->header("x-thing"), "7");
    EXPECT_EQ(response->header("absent"), nullptr);
    EXPECT_TRUE(seen.starts_with("POST /v1/x?y=1 HTTP/1.1\r\n"));
    EXPECT_NE(seen.find("Authorization: Bearer abc\r\n"), std::string::npos);
    EXPECT_EQ(TestServer::body_of(seen), request.body);
}

TEST(HttpClient, TheHeadIsSeenBeforeTheBody) {
    TestServer server([](const std::string& request) {
        return request.starts_with("GET /moved")
                   ? TestServer::answer(302, "elsewhere", "Location: /here\r\n")
                   : TestServer::answer(206, "body", "Content-Range: bytes 0-3/9\r\n");
    });
    HttpRequest request = to(server.url("/moved"));
    std::string order;
    request.on_head = [&](const HttpResponse& head) -> Status {
        order += std::to_string(head.status) + *head.header("content-range") + " ";
        return {};
    };
    request.on_body = [&](std::string_view piece) -> Status {
        order += piece;
        return {};
    };
    ASSERT_TRUE(http_exchange(request).ok());
    EXPECT_EQ(order, "206bytes 0-3/9 body");
    request.on_head = [](const HttpResponse&) -> Status { return failed("not that"); };
    order.clear();
    EXPECT_EQ(http_exchange(request).error().message, "not that");
    EXPECT_EQ(order, "");
}

TEST(HttpClient, ErrorsOfTheServerAreAnswers) {
    TestServer server([](const std::string&) { return TestServer::answer(503, "busy"); });
    const auto response = http_exchange(to(server.url()));
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(response->status, 503);
    EXPECT_FALSE(response->ok());
    EXPECT_EQ(response->body, "busy");
}

TEST(HttpClient, OtherMethodsAndRanges) {
    std::string seen;
    TestServer server([&](const std::string& request) {
        seen = request;
        return TestServer::answer(206, request.starts_with("HEAD") ? "" : "cde");
    });
    HttpRequest request = to(server.url());
    request.range = ByteRange{2, 4};
    EXPECT_EQ(http_exchange(request)->body, "cde");
    EXPECT_NE(seen.find("Range: bytes=2-4\r\n"), std::string::npos);
    request.range = ByteRange{7};
    ASSERT_TRUE(http_exchange(request).ok());
    EXPECT_NE(seen.find("Range: bytes=7-\r\n"), std::string::npos);
    for (const char* method : {"PUT", "DELETE", "HEAD"}) {
        HttpRequest other = to(server.url());
        other.method = method;
        ASSERT_TRUE(http_exchange(other).ok()) << method;
        EXPECT_TRUE(seen.starts_with(std::string(method) + " / ")) << seen;
    }
}

TEST(HttpClient, StreamsInPieces) {
    const std::string body(300'000, 'x');
    int status = 200;
    TestServer server([&](const std::string&) { return TestServer::answer(status, body); });
    size_t bytes = 0, pieces = 0;
    HttpRequest request = to(server.url());
    request.on_body = [&](std::string_view piece) -> Status {
        bytes += piece.size();
        ++pieces;
        return {};
    };
    auto response = http_exchange(request);
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(bytes, body.size());
    EXPECT_GT(pieces, 1u);
    EXPECT_TRUE(response->body.empty());

    request.on_body = [](std::string_view) -> Status { return failed("the disk is full"); };
    response = http_exchange(request);
    ASSERT_FALSE(response.ok());
    EXPECT_EQ(response.error().message, "the disk is full");

    status = 404;  // an error page is no content
    response = http_exchange(request);
    ASSERT_FALSE(response.ok());
    EXPECT_NE(response.error().message.find("65536"), std::string::npos);
}

TEST(HttpClient, ChunkedAnswers) {
    TestServer server([](const std::string&) {
        return std::string(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
    });
    EXPECT_EQ(http_exchange(to(server.url()))->body, "hello world");
}

TEST(HttpClient, TooMuchIsRefused) {
    TestServer server([](const std::string& request) {
        if (request.starts_with("GET /headers")) {
            return TestServer::answer(200, "",
                                      "X: " + std::string(90'000, 'h') +
                                          "\r\nY: " + std::string(90'000, 'h') +
                                          "\r\nZ: " + std::string(90'000, 'h') + "\r\n");
        }
        return TestServer::answer(200, std::string(2000, 'x'));
    });
    HttpRequest request = to(server.url());
    request.max_body_bytes = 1999;
    const auto response = http_exchange(request);
    ASSERT_FALSE(response.ok());
    EXPECT_NE(response.error().message.find("longer than 1999 bytes"), std::string::npos);
    request.max_body_bytes = 2000;
    EXPECT_TRUE(http_exchange(request).ok());
    EXPECT_FALSE(http_exchange(to(server.url("/headers"))).ok());
}

TEST(HttpClient, TimesOutAndCancels) {
    std::atomic<bool> go{false};
    TestServer server([&](const std::string&) {
        while (!go) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return TestServer::answer(200, "late");
    });
    HttpRequest request = to(server.url());
    request.timeout_s = 0.15;
    auto response = http_exchange(request);
    ASSERT_FALSE(response.ok());
    EXPECT_NE(response.error().message.find("timed out"), std::string::npos);
    go = true;

    CancelToken cancel;
    cancel.cancel();
    HttpRequest cancelled = to(server.url());
    cancelled.cancel = &cancel;
    response = http_exchange(cancelled);
    ASSERT_FALSE(response.ok());
    EXPECT_EQ(response.error().kind, ErrorKind::Cancelled);
}

TEST(HttpClient, FollowsRedirectsOfGetOnly) {
    TestServer server([](const std::string& request) {
        if (request.find(" /end ") != std::string::npos) return TestServer::answer(200, "here");
        if (request.find(" /loop ") != std::string::npos) {
            return TestServer::answer(302, "", "Location: /loop\r\n");
        }
        if (request.find(" /file ") != std::string::npos) {
            return TestServer::answer(302, "", "Location: file:///etc/passwd\r\n");
        }
        return TestServer::answer(302, "gone", "Location: /end\r\n");
    });
    const auto response = http_exchange(to(server.url("/start")));
    EXPECT_EQ(response->body, "here");
    EXPECT_EQ(response->url, server.url("/end"));
    HttpRequest post = to(server.url("/start"));
    post.method = "POST";
    EXPECT_EQ(http_exchange(post)->status, 302);
    EXPECT_FALSE(http_exchange(to(server.url("/loop"))).ok());
    EXPECT_FALSE(http_exchange(to(server.url("/file"))).ok());
}

TEST(HttpClient, PrivateAddressesAreRefusedUnlessAllowed) {
    TestServer server([](const std::string&) { return TestServer::answer(200, "secret"); });
    for (std::string url : {server.url(), "http://localhost:" + server.url().substr(17)}) {
        HttpRequest request = to(url);
        request.allow_private = false;
        const auto response = http_exchange(request);
        ASSERT_FALSE(response.ok()) << url;
        EXPECT_NE(response.error().message.find("public internet"), std::string::npos);
    }
    EXPECT_EQ(server.requests(), 0);
}

TEST(HttpClient, RefusesWhatIsNoRequest) {
    EXPECT_EQ(http_exchange(to("file:///etc/passwd")).error().kind, ErrorKind::Usage);
    EXPECT_FALSE(http_exchange(to("")).ok());
    HttpRequest injected = to("http://127.0.0.1:1/");
    injected.headers = {{"X", "a\r\nY: b"}};
    EXPECT_EQ(http_exchange(injected).error().kind, ErrorKind::Usage);
    EXPECT_NE(http_exchange(to("http://127.0.0.1:1/a?token=geheim"))
                  .error()
                  .text()
                  .find("(http://127.0.0.1:1/a)"),
              std::string::npos);
}

TEST(HttpClient, SecretsOfAddressesAreHidden) {
    EXPECT_EQ(url_without_secrets("https://u:p@h.org/a?k=1#f"), "https://h.org/a");
    EXPECT_EQ(url_without_secrets("https://h.org/a@b"), "https://h.org/a@b");
    EXPECT_EQ(url_without_secrets("x"), "x");
}

TEST(Address, PublicAndOther) {
    for (const char* open : {"8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1",
                             "2606:4700::1111", "::ffff:8.8.8.8", "2a00:1450::1"}) {
        EXPECT_TRUE(is_public_address(open)) << open;
    }
    for (const char* closed : {"127.0.0.1",
                               "127.9.9.9",
                               "0.0.0.0",
                               "10.1.2.3",
                               "172.16.0.1",
                               "172.31.255.255",
                               "192.168.1.1",
                               "169.254.169.254",
                               "100.64.0.1",
                               "224.0.0.1",
                               "255.255.255.255",
                               "198.18.0.1",
                               "::1",
                               "::",
                               "fe80::1",
                               "fc00::1",
                               "fd12::1",
                               "ff02::1",
                               "::ffff:127.0.0.1",
                               "::ffff:10.0.0.1",
                               "64:ff9b::7f00:1",
                               "2002:7f00:1::1",
                               "2001:0:1::1",
                               "2001:db8::1",
                               "::127.0.0.1",
                               "nonsense",
                               ""}) {
        EXPECT_FALSE(is_public_address(closed)) << closed;
    }
}

}  // namespace
}  // namespace base
