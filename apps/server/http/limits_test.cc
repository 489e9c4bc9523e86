// What a client must not be able to do: hold memory, a thread, a descriptor, or another's request.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <atomic>

#include "apps/server/http/test_client.h"
#include "apps/server/http/test_site.h"

namespace http {
namespace {

using testing::Client;
using testing::eventually;
using testing::Reply;
using testing::route;
using testing::Site;

TEST(Limits, LongHeadersAreRefused) {
    Site site([](ServerOptions& options, Router&) { options.most_header_bytes = 2000; });
    Client client = site.client();
    EXPECT_EQ(client.get("/hello", "X: " + std::string(1800, 'x') + "\r\n").status, 200);
    EXPECT_EQ(client.get("/hello", "X: " + std::string(9000, 'x') + "\r\n").status, 431);
    EXPECT_TRUE(client.ends());
    Client endless = site.client();
    endless.send("GET /" + std::string(9000, 'x'));
    EXPECT_EQ(endless.read_reply().status, 414);
    Client many = site.client();
    std::string headers;
    for (int i = 0; i < 200; ++i) headers += "A:\r\n";
    EXPECT_EQ(many.get("/hello", headers).status, 431);
}

TEST(Limits, SlowHeadersAreEndedAndSilenceIsClosed) {
    Site site([](ServerOptions& options, Router&) {
        options.header_timeout_s = 0.15;
        options.idle_timeout_s = 0.15;
    });
    Client slow = site.client(), silent = site.client(), idle = site.client();
    EXPECT_EQ(idle.get("/hello").status, 200);
    std::string request = "GET /hello HTTP/1.1\r\nHost: x\r\n";
    slow.send(request);
    bool ended = false;  // a byte now and then does not renew the time
    for (int i = 0; i < 100 && !ended; ++i) {
        slow.send("X");
        ended = slow.receive(0.02);
    }
    EXPECT_EQ(slow.read_reply().status, 408);
    EXPECT_TRUE(slow.ends());
    slow.close();
    EXPECT_TRUE(silent.ends());
    EXPECT_TRUE(idle.ends());
    EXPECT_TRUE(silent.unread().empty());
    EXPECT_TRUE(idle.unread().empty()) << "an idle connection ends without words";
    EXPECT_TRUE(eventually([&] { return site.server->counts().connections == 0; }));
}

TEST(Limits, LargeBodiesAreRefused) {
    Site site([](ServerOptions&, Router& router) {
        Route small = route("POST", "/small", [](Request&) { return text(200, "taken"); });
        small.most_body_bytes = 1000;
        router.add(std::move(small));
    });
    Client client = site.client();
    EXPECT_EQ(client.post("/small", "text/plain", std::string(1000, 'x')).status, 200);
    EXPECT_EQ(client.post("/small", "text/plain", std::string(1001, 'x')).status, 413);
    EXPECT_EQ(client.get("/hello").status, 200) << "so short a body is read over";
    // Known before a byte of the body is there.
    EXPECT_EQ(
        client.ask("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n").status,
        413);
    EXPECT_TRUE(client.ends());
    Client chunked = site.client();
    chunked.send("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 3; ++i) chunked.send("190\r\n" + std::string(400, 'x') + "\r\n");
    EXPECT_EQ(chunked.read_reply().status, 413);
    EXPECT_TRUE(chunked.ends());
}

TEST(Limits, LargeFieldsAndMemoryAreRefused) {
    Site site([](ServerOptions&, Router& router) {
        Route form = route("POST", "/limited", [](Request&) { return text(200, "taken"); });
        form.most_body_bytes = 1 << 20;
        form.most_field_bytes = 1000;
        form.most_memory_bytes = 3000;
        router.add(std::move(form));
    });
    const auto post = [&](int fields, size_t bytes, const std::string& more = "") {
        std::string body;
        for (int i = 0; i < fields; ++i) {
            body += "--B\r\nContent-Disposition: form-data; name=\"f\"" + more + "\r\n\r\n" +
                    std::string(bytes, 'x') + "\r\n";
        }
        return site.client()
            .post("/limited", "multipart/form-data; boundary=B", body + "--B--")
            .status;
    };
    EXPECT_EQ(post(1, 1000), 200);
    EXPECT_EQ(post(1, 1001), 413);
    EXPECT_EQ(post(3, 1000), 200);
    EXPECT_EQ(post(4, 900), 413);
    EXPECT_EQ(post(1, 100'000, "; filename=\"f\""), 200) << "files do not count";
    EXPECT_EQ(post(1001, 0), 400);
    Client client = site.client();
    EXPECT_EQ(client.post("/limited", "text/plain", std::string(3001, 'x')).status, 413);
    EXPECT_EQ(
        client.post("/limited", "application/x-www-form-urlencoded", "a=" + std::string(1001, 'x'))
            .status,
        413);
    EXPECT_EQ(site.uploads.files(), 0u);
}

TEST(Limits, SlowBodiesAreEnded) {
    Site site([](ServerOptions& options, Router&) {
        options.body_idle_timeout_s = 0.15;
        options.slow_body_after_s = 0.1;
        options.least_body_bytes_per_s = 1000;
    });
    const std::string head =
        "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
        "Content-Type: multipart/form-data; boundary=B\r\n\r\n"
        "--B\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n";
    Client stopped = site.client(), trickling = site.client();
    stopped.send(head);
    EXPECT_EQ(stopped.read_reply().status, 408);
    trickling.send(head);
    bool answered = false;
    for (int i = 0; i < 200 && !answered; ++i) {
        trickling.send("x");
        answered = trickling.receive(0.02);
    }
    EXPECT_EQ(trickling.read_reply().status, 408);
    EXPECT_EQ(site.uploads.files(), 0u);
}

TEST(Limits, ADroppedUploadLeavesNothing) {
    Site site([](ServerOptions&, Router& router) {
        Route form = route("POST", "/big", [](Request&) { return text(200, "taken"); });
        form.most_body_bytes = 100 << 20;
        router.add(std::move(form));
    });
    const std::string head =
        "POST /big HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n"
        "Content-Type: multipart/form-data; boundary=B\r\n\r\n"
        "--B\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n";
    for (const bool reset : {false, true}) {
        Client client = site.client();
        client.send(head + std::string(3'000'000, 'x'));
        ASSERT_TRUE(eventually([&] { return site.uploads.files() == 1; }));
        reset ? client.slam() : client.close();
        EXPECT_TRUE(eventually([&] { return site.uploads.files() == 0; }));
        EXPECT_TRUE(eventually([&] { return site.server->counts().connections == 0; }));
    }
    // Half a body, then an end of sending: the client still hears why.
    Client half = site.client();
    half.send(head + "abc");
    half.end_sending();
    EXPECT_EQ(half.read_reply().status, 400);
}

TEST(Limits, AFullDiskIs507) {
    Site site([](ServerOptions&, Router& router) {
        Route form = route("POST", "/big", [](Request&) { return text(200, "taken"); });
        form.most_body_bytes = 100 << 20;
        form.body_to_file = true;
        router.add(std::move(form));
    });
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 1 << 20;
    const auto old = ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &small);
    Client client = site.client();
    const Reply reply = client.post("/big", "video/mp4", std::string(6'000'000, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    ::signal(SIGXFSZ, old);
    EXPECT_EQ(reply.status, 507);
    EXPECT_NE(reply.body.find("\"error\""), std::string::npos);
    EXPECT_EQ(site.uploads.files(), 0u);
    EXPECT_EQ(site.client().post("/big", "video/mp4", "x").status, 200);
}

TEST(Limits, AReaderThatStopsIsEnded) {
    testing::Folder folder;
    const std::string path = folder.write("big", std::string(40'000'000, 'b'));
    Site site([&](ServerOptions& options, Router& router) {
        options.body_idle_timeout_s = 0.15;
        router.add(route("GET", "/big", [&](Request&) {
            Response response;
            response.body = FileBody{path};
            return response;
        }));
    });
    Client client = site.client();
    client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(eventually([&] {
        return site.server->counts().accepted == 1 && site.server->counts().connections == 0;
    }));
}

TEST(Limits, IdleConnectionsMakeRoomForNewOnes) {
    Site site([](ServerOptions& options, Router&) { options.most_connections = 8; });
    std::vector<Client> idle;
    for (int i = 0; i < 8; ++i) {
        idle.push_back(site.client());
        EXPECT_EQ(idle.back().get("/hello").status, 200);
    }
    Client late = site.client();
    EXPECT_EQ(late.get("/hello").status, 200);
    EXPECT_LE(site.server->counts().connections, 8);
}

// One request that different servers would cut differently must not pass at all.
TEST(Limits, AmbiguousRequestsAreRefused) {
    Site site;
    const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    struct Row {
        std::string request;
        int status;
    };
    const Row rows[] = {
        {post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400},
        {post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400},
        {post + "Content-Length: 3, 4\r\n\r\nabcd", 400},
        {post + "Content-Length: +3\r\n\r\nabc", 400},
        {post + "Content-Length: -3\r\n\r\nabc", 400},
        {post + "Content-Length: 0x3\r\n\r\nabc", 400},
        {post + "Content-Length: 3 3\r\n\r\nabc", 400},
        {post + "Content-Length:\r\n\r\nabc", 400},
        {post + "Content-Length: 99999999999999999999999\r\n\r\nabc", 400},
        {post + "Content-Length : 3\r\n\r\nabc", 400},
        {post + " Content-Length: 3\r\n\r\nabc", 400},
        {post + "X: a\r\n folded\r\n\r\n", 400},
        {post + "X: a\r\n\tfolded\r\n\r\n", 400},
        {post + "X: a\nContent-Length: 3\r\n\r\nabc", 400},
        {post + "X: a\rb\r\n\r\n", 400},
        {post + std::string("X: a\0b\r\n\r\n", 10), 400},
        {post + "Bad Name: a\r\n\r\n", 400},
        {post + "Transfer-Encoding: gzip\r\n\r\n", 501},
        {post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        {post + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 501},
        {post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
        {post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {post + "Transfer-Encoding: chunked\r\n\r\nx\r\n", 400},
        {post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400},
        {post + "Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n", 400},
        {post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", 400},
        {post + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n", 400},
        {post + "Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n", 400},
        {post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(200'000, 'e'), 400},
        {post + "Expect: 200-maybe\r\n\r\n", 417},
        {"GET /hello HTTP/1.1\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET /hello\r\nHost: a\r\n\r\n", 400},
        {"GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"GET /../hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET /%2e%2e/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET /hello%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET /hello%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"\x16\x03\x01\x02\x01\x01\x01\xfc\r\n\r\n", 400},
    };
    for (const Row& row : rows) {
        Client client = site.client();
        const Reply reply = client.ask(row.request);
        EXPECT_EQ(reply.status, row.status) << row.request.substr(0, 200);
        EXPECT_TRUE(client.ends()) << row.request.substr(0, 200);
    }
    Client odd = site.client();  // but these are fine
    EXPECT_EQ(odd.ask("\r\n\r\nGET http://a/hello?x HTTP/1.1\r\nhOsT: a\r\n\r\n").status, 200);
    EXPECT_EQ(odd.ask(post + "Transfer-Encoding: Chunked\r\n\r\n0000a ;x=\"y\"\r\n0123456789\r\n0"
                             "\r\n\r\n")
                  .body,
              "0123456789");
}

TEST(Limits, SlowBodiesHoldNoPoolThread) {
    Site site([](ServerOptions& options, Router&) { options.pool_threads = 1; });
    std::vector<Client> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(site.client());
        slow.back().send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
    }
    EXPECT_EQ(site.client().get("/greet/you").body, "hello you");
    for (Client& client : slow) {
        client.send("67890");
        EXPECT_EQ(client.read_reply().body, "1234567890");
    }
}

}  // namespace
}  // namespace http
