// The server as a client sees it: answers, bodies, files, order.
#include "apps/server/http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "apps/server/http/test_client.h"
#include "apps/server/http/test_site.h"

namespace http {
namespace {

using testing::Client;
using testing::Folder;
using testing::Reply;
using testing::route;
using testing::Site;

TEST(Server, AnswersAFastRouteAndAHandler) {
    Site site;
    Client client = site.client();
    Reply reply = client.get("/hello");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "hello");
    EXPECT_EQ(reply.header("content-length"), "5");
    EXPECT_EQ(reply.header("server"), "aozora");
    EXPECT_EQ(reply.header("date").size(), 29u);
    reply = client.get("/greet/the%20moon");  // on the same connection
    EXPECT_EQ(reply.body, "hello the moon");
    EXPECT_EQ(site.server->counts().accepted, 1);
}

TEST(Server, HeadHasTheHeadersOfGetAndNoBody) {
    Site site;
    Client client = site.client();
    const Reply reply = client.ask("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("content-length"), "5");
    EXPECT_EQ(client.get("/hello").body, "hello") << "the connection must be in step";
}

TEST(Server, ItsOwnErrorsUseTheErrorHookAndFinishTouchesAll) {
    Site site([](ServerOptions& options, Router&) {
        options.finish = [](const RequestHead& head, Response& response) {
            response.with("X-Request-Id", head.id);
        };
    });
    Client client = site.client();
    Reply reply = client.get("/nothing");
    EXPECT_EQ(reply.status, 404);
    EXPECT_NE(reply.body.find("\"error\""), std::string::npos);
    EXPECT_EQ(reply.header("x-request-id").substr(0, 4), "req_");
    EXPECT_EQ(reply.header("x-request-id").size(), 36u);
    reply = client.post("/hello", "text/plain", "x");
    EXPECT_EQ(reply.status, 405);
    EXPECT_EQ(reply.header("allow"), "GET, HEAD");
    EXPECT_EQ(client.get("/hello").status, 200);
    reply = client.ask("NONSENSE\r\n\r\n");
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.header("x-request-id").substr(0, 4), "req_");
    EXPECT_EQ(reply.header("connection"), "close");
    EXPECT_TRUE(client.ends());
}

TEST(Server, AThrowingHandlerIs500AndTheConnectionStays) {
    Site site([](ServerOptions&, Router& router) {
        router.add(route("GET", "/throw", [](Request&) -> Response {
            throw std::runtime_error("broken on purpose");
        }));
        router.add(route("GET", "/throw-number", [](Request&) -> Response { throw 5; }));
    });
    Client client = site.client();
    for (const char* target : {"/throw", "/throw-number"}) {
        const Reply reply = client.get(target);
        EXPECT_EQ(reply.status, 500);
        EXPECT_EQ(reply.body.find("purpose"), std::string::npos) << "the cause is for the log";
    }
    EXPECT_EQ(client.get("/hello").status, 200);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    Site site([](ServerOptions&, Router& router) {
        router.add(route("GET", "/slow", [](Request&) {
            ::usleep(20'000);
            return text(200, "slow");
        }));
    });
    Client client = site.client();
    std::string all;
    for (int i = 0; i < 200; ++i) {
        all += "GET " + std::string(i % 50 == 0 ? "/slow" : "/greet/" + std::to_string(i)) +
               " HTTP/1.1\r\nHost: x\r\n\r\n";
    }
    client.send(all);
    for (int i = 0; i < 200; ++i) {
        const Reply reply = client.read_reply();
        ASSERT_EQ(reply.status, 200);
        EXPECT_EQ(reply.body, i % 50 == 0 ? "slow" : "hello " + std::to_string(i));
    }
}

TEST(Server, SpeaksHttp10) {
    Site site;
    Client client = site.client();
    Reply reply = client.ask("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_EQ(reply.body, "hello");
    EXPECT_EQ(reply.header("connection"), "close");
    EXPECT_TRUE(client.ends());
    Client kept = site.client();
    reply = kept.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(reply.header("connection"), "keep-alive");
    EXPECT_EQ(kept.ask("GET /hello HTTP/1.0\r\n\r\n").body, "hello");
}

TEST(Server, ClosesWhenAsked) {
    Site site;
    Client client = site.client();
    const Reply reply = client.get("/hello", "Connection: close\r\n");
    EXPECT_EQ(reply.header("connection"), "close");
    EXPECT_TRUE(client.ends());
}

TEST(Server, TakesBodiesWholeChunkedAndInPieces) {
    Site site([](ServerOptions&, Router& router) {
        Route big = route("POST", "/size", [](Request& request) {
            return text(200, std::to_string(request.body.size()));
        });
        big.most_body_bytes = 4 << 20;
        router.add(std::move(big));
    });
    Client client = site.client();
    EXPECT_EQ(client.post("/echo", "text/plain", "some bytes").body, "some bytes");
    EXPECT_EQ(client.post("/echo", "text/plain", "").body, "");
    EXPECT_EQ(client.post("/size", "text/plain", std::string(3'000'000, 'x')).body, "3000000");
    const std::string chunked =
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;name=value\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: dropped\r\n\r\n";
    EXPECT_EQ(client.ask(chunked).body, "hello world");
    for (const char c : chunked) {
        client.send({&c, 1});
        ::usleep(100);
    }
    EXPECT_EQ(client.read_reply().body, "hello world");
}

TEST(Server, ReadsFormsOfBothKinds) {
    Site site;
    Client client = site.client();
    EXPECT_EQ(client.post("/form", "application/x-www-form-urlencoded", "a=1&b=x+y%21&a=2").body,
              "a=1;b=x y!;a=2;");
    const std::string body =
        "--XX\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na cat\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"input_reference\"; filename=\"c.png\"\r\n"
        "Content-Type: image/png\r\n\r\nabc\r\n--XX--\r\n";
    EXPECT_EQ(client.post("/form", "multipart/form-data; boundary=XX", body).body,
              "prompt=a cat;input_reference=@c.png:image/png:3:"
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad;");
    EXPECT_EQ(site.uploads.files(), 0u) << "a file that nobody took goes with its request";
    const Reply cut =
        client.post("/form", "multipart/form-data; boundary=XX", body.substr(0, body.size() - 10));
    EXPECT_EQ(cut.status, 400);
    EXPECT_EQ(client.post("/form", "multipart/form-data", body).status, 400);
    EXPECT_EQ(site.uploads.files(), 0u);
}

TEST(Server, AnUploadedFileCanBeTaken) {
    Folder kept;
    std::string path;
    Site site([&](ServerOptions&, Router& router) {
        Route put = route("PUT", "/file", [&](Request& request) {
            path = kept.path() + "/kept";
            std::filesystem::rename(request.body_file->take(), path);
            return text(201, request.body_file->sha256());
        });
        put.body_to_file = true;
        put.most_body_bytes = 10 << 20;
        router.add(std::move(put));
    });
    Client client = site.client();
    const std::string bytes(5'000'000, 'z');
    const Reply reply = client.ask(
        "PUT /file HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n"
        "\r\n" +
        bytes);
    EXPECT_EQ(reply.status, 201);
    EXPECT_EQ(reply.body.size(), 64u);
    EXPECT_EQ(std::filesystem::file_size(path), bytes.size());
    EXPECT_EQ(site.uploads.files(), 0u);
}

TEST(Server, SendsFilesRangesAndConditions) {
    Folder folder;
    std::string bytes;
    for (int i = 0; i < 300'000; ++i) bytes += static_cast<char>('a' + i % 26);
    const std::string path = folder.write("film.mp4", bytes);
    Site site([&](ServerOptions&, Router& router) {
        router.add(route("GET", "/film", [&](Request&) {
            Response response;
            response.with("Content-Type", "video/mp4");
            response.body = FileBody{path, "tag1"};
            return response;
        }));
    });
    Client client = site.client();
    Reply reply = client.get("/film");
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(reply.body == bytes);
    EXPECT_EQ(reply.header("etag"), "\"tag1\"");
    EXPECT_EQ(reply.header("accept-ranges"), "bytes");
    const std::string modified = reply.header("last-modified");
    EXPECT_EQ(modified.size(), 29u);

    reply = client.get("/film", "Range: bytes=100-199\r\n");
    EXPECT_EQ(reply.status, 206);
    EXPECT_EQ(reply.header("content-range"), "bytes 100-199/300000");
    EXPECT_EQ(reply.body, bytes.substr(100, 100));
    reply = client.get("/film", "Range: bytes=-10\r\n");
    EXPECT_EQ(reply.body, bytes.substr(bytes.size() - 10));
    reply = client.get("/film", "Range: bytes=300000-\r\n");
    EXPECT_EQ(reply.status, 416);
    EXPECT_EQ(reply.header("content-range"), "bytes */300000");
    EXPECT_NE(reply.body.find("error"), std::string::npos);

    reply = client.get("/film", "Range: bytes=0-1,10-12\r\n");
    EXPECT_EQ(reply.status, 206);
    const std::string type = reply.header("content-type");
    ASSERT_EQ(type.substr(0, 31), "multipart/byteranges; boundary=");
    const std::string mark = "--" + type.substr(31);
    EXPECT_EQ(reply.body, mark +
                              "\r\nContent-Type: video/mp4\r\nContent-Range: bytes 0-1/300000"
                              "\r\n\r\nab\r\n" +
                              mark +
                              "\r\nContent-Type: video/mp4\r\nContent-Range: bytes "
                              "10-12/300000\r\n\r\nklm\r\n" +
                              mark + "--\r\n");

    EXPECT_EQ(client.get("/film", "If-None-Match: \"tag1\"\r\n").status, 304);
    EXPECT_EQ(client.get("/film", "If-None-Match: \"other\"\r\n").status, 200);
    EXPECT_EQ(client.get("/film", "If-Modified-Since: " + modified + "\r\n").status, 304);
    EXPECT_EQ(client.get("/film", "If-Match: \"other\"\r\n").status, 412);
    EXPECT_EQ(client.get("/film", "Range: bytes=0-0\r\nIf-Range: \"tag1\"\r\n").status, 206);
    EXPECT_EQ(client.get("/film", "Range: bytes=0-0\r\nIf-Range: \"tag2\"\r\n").status, 200);
    reply = client.ask("HEAD /film HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(reply.header("content-length"), "300000");
    EXPECT_EQ(client.get("/hello").status, 200);
    std::filesystem::remove(path);
    EXPECT_EQ(client.get("/film").status, 404);
}

TEST(Server, AFileMayGoWhileItIsSent) {
    Folder folder;
    const std::string path = folder.write("once", std::string(8'000'000, 'q'));
    Site site([&](ServerOptions&, Router& router) {
        router.add(route("GET", "/once", [&](Request&) {
            Response response;
            response.body = FileBody{path, "", true};
            return response;
        }));
    });
    Client client = site.client();
    client.send("GET /once HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(client.receive_until("\r\n\r\n"));
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_EQ(client.read_reply().body.size(), 8'000'000u);
}

TEST(Server, AnEtagOfAnAnswerInMemoryWorksToo) {
    Site site([](ServerOptions&, Router& router) {
        Route page = route("GET", "/page", {});
        page.fast = [](const RequestHead&) -> std::optional<Response> {
            Response response;
            response.with("ETag", "\"v1\"");
            response.body = std::make_shared<const std::string>("<p>page</p>");
            return response;
        };
        router.add(std::move(page));
    });
    Client client = site.client();
    EXPECT_EQ(client.get("/page").body, "<p>page</p>");
    const Reply reply = client.get("/page", "If-None-Match: W/\"v1\"\r\n");
    EXPECT_EQ(reply.status, 304);
    EXPECT_EQ(reply.header("etag"), "\"v1\"");
}

TEST(Server, PassesOnPulledBodies) {
    Site site([](ServerOptions&, Router& router) {
        const auto pulled = [](int64_t length, int pieces, int fail_at) {
            return [=](Request&) {
                Response response;
                auto count = std::make_shared<int>(0);
                response.body =
                    PulledBody{length, [=]() -> base::Result<std::string> {
                                   if (*count == fail_at)
                                       return base::failed("the far side is gone");
                                   return std::string((*count)++ < pieces ? "12345" : "");
                               }};
                return response;
            };
        };
        router.add(route("GET", "/chunked", pulled(-1, 3, -1)));
        router.add(route("GET", "/known", pulled(15, 3, -1)));
        router.add(route("GET", "/short", pulled(20, 3, -1)));
        router.add(route("GET", "/at-once", pulled(-1, 3, 0)));
        router.add(route("GET", "/midway", pulled(-1, 3, 2)));
    });
    Client client = site.client();
    Reply reply = client.get("/chunked");
    EXPECT_EQ(reply.header("transfer-encoding"), "chunked");
    EXPECT_EQ(reply.body, "123451234512345");
    reply = client.get("/known");
    EXPECT_EQ(reply.header("content-length"), "15");
    EXPECT_EQ(reply.body, "123451234512345");
    EXPECT_EQ(client.get("/at-once").status, 502);
    EXPECT_EQ(client.get("/midway").status, 0) << "a part must not look like the whole";
    Client second = site.client();
    EXPECT_EQ(second.get("/short").status, 0);
    Client old = site.client();
    EXPECT_EQ(old.ask("GET /chunked HTTP/1.0\r\n\r\n").body, "123451234512345");
}

TEST(Server, FastRoutesMayAnswerInAnyWay) {
    Folder folder;
    const std::string path = folder.write("f", "0123456789");
    Site site([&](ServerOptions&, Router& router) {
        Route fast = route("GET", "/fast/{kind}", [](Request&) { return text(200, "handler"); });
        fast.fast = [&](const RequestHead& head) -> std::optional<Response> {
            Response response;
            if (head.param("kind") == "file") {
                response.body = FileBody{path};
            } else if (head.param("kind") == "pulled") {
                response.body = PulledBody{2, [n = 0]() mutable -> base::Result<std::string> {
                                               return std::string(n++ == 0 ? "ab" : "");
                                           }};
            } else if (head.param("kind") == "throws") {
                throw std::runtime_error("on purpose");
            } else if (head.param("kind") == "odd") {
                response.status = 99;
            } else {
                return std::nullopt;
            }
            return response;
        };
        router.add(std::move(fast));
    });
    Client client = site.client();
    EXPECT_EQ(client.get("/fast/file", "Range: bytes=-1\r\n").body, "9");
    EXPECT_EQ(client.get("/fast/pulled").body, "ab");
    EXPECT_EQ(client.get("/fast/throws").status, 500);
    EXPECT_EQ(client.get("/fast/odd").status, 500);
    EXPECT_EQ(client.get("/fast/other").body, "handler");
    EXPECT_EQ(client.ask("GET /fast/file HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc").body,
              "handler");
    EXPECT_EQ(client.get("/hello").status, 200);
}

TEST(Server, NothingOfOneRequestStaysForTheNext) {
    Site site([](ServerOptions& options, Router& router) {
        options.finish = [](const RequestHead& head, Response& response) {
            response.with("X-Notes", std::to_string(head.notes.size()));
            response.with("X-Headers", std::to_string(head.headers.size()));
        };
        Route noted = route("POST", "/noted/{name}", [](Request& request) {
            return text(200, std::to_string(request.form.size()) + request.body +
                                 std::to_string(request.query.pairs.size()) +
                                 std::to_string(request.params.size()) + request.content_type);
        });
        noted.gate = [](RequestHead& head) -> std::optional<Response> {
            head.notes.push_back({"X-Limit", "5"});
            return std::nullopt;
        };
        router.add(std::move(noted));
    });
    Client client = site.client();
    Reply reply = client.post("/noted/a?x=1", "application/x-www-form-urlencoded", "a=1&b=2");
    EXPECT_EQ(reply.body, "2a=1&b=211application/x-www-form-urlencoded");
    EXPECT_EQ(reply.header("x-notes"), "1");
    reply = client.ask("POST /noted/a HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(reply.body, "001");
    EXPECT_EQ(reply.header("x-notes"), "1");
    EXPECT_EQ(reply.header("x-headers"), "1");
    EXPECT_EQ(client.get("/hello").header("x-notes"), "0");
}

TEST(Server, GuardAndGateAnswerFirst) {
    std::atomic<int> handled{0};
    Site site([&](ServerOptions& options, Router& router) {
        options.guard = [](const RequestHead& head) -> std::optional<Response> {
            if (*head.header("host") == "evil") return text(421, "not my name");
            return std::nullopt;
        };
        Route guarded = route("POST", "/guarded", [&](Request& request) {
            ++handled;
            return text(200, request.body);
        });
        guarded.gate = [](RequestHead& head) -> std::optional<Response> {
            if (head.header("authorization")) return std::nullopt;
            return text(401, "who are you");
        };
        guarded.most_body_bytes = 100 << 20;
        guarded.most_memory_bytes = 100 << 20;
        router.add(std::move(guarded));
    });
    Client client = site.client();
    EXPECT_EQ(client.ask("GET /hello HTTP/1.1\r\nHost: evil\r\n\r\n").status, 421);
    EXPECT_EQ(client.post("/guarded", "text/plain", "short").status, 401);
    EXPECT_EQ(client.get("/hello").status, 200) << "a short body is read over";
    EXPECT_EQ(client
                  .ask("POST /guarded HTTP/1.1\r\nHost: x\r\nAuthorization: me\r\n"
                       "Content-Length: 4\r\n\r\nbody")
                  .body,
              "body");
    // A client that waits is not asked for its body.
    const Reply refused = client.ask(
        "POST /guarded HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n"
        "Expect: 100-continue\r\n\r\n");
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.header("connection"), "close");
    // One that does not wait still sees the answer.
    Client pushy = site.client();
    pushy.send("POST /guarded HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n");
    pushy.send(std::string(30'000'000, 'x'));
    EXPECT_EQ(pushy.read_reply().status, 401);
    EXPECT_TRUE(pushy.ends());
    EXPECT_EQ(handled, 1);
}

TEST(Server, SaysContinueWhenTheBodyIsWanted) {
    Site site;
    Client client = site.client();
    client.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n"
        "\r\n");
    EXPECT_EQ(client.read_reply().status, 100);
    client.send("body");
    EXPECT_EQ(client.read_reply().body, "body");
}

TEST(Server, ManyConnectionsAtOnce) {
    Site site;
    std::vector<Client> clients;
    for (int i = 0; i < 200; ++i) clients.push_back(site.client());
    for (int round = 0; round < 3; ++round) {
        for (Client& client : clients) {
            client.send("GET /greet/x HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        for (Client& client : clients) ASSERT_EQ(client.read_reply().body, "hello x");
    }
    EXPECT_EQ(site.server->counts().connections, 200);
    clients.clear();
    EXPECT_TRUE(testing::eventually([&] { return site.server->counts().connections == 0; }));
}

TEST(Server, AnswersHeadersCannotBeSplit) {
    Site site([](ServerOptions&, Router& router) {
        router.add(route("GET", "/jump",
                         [](Request& request) { return redirect(302, *request.query.get("to")); }));
    });
    Client client = site.client();
    const Reply reply = client.get("/jump?to=/x%0d%0aSet-Cookie:%20a=b");
    EXPECT_EQ(reply.status, 302);
    EXPECT_EQ(reply.header("set-cookie"), "");
    EXPECT_EQ(client.get("/jump?to=/fine").header("location"), "/fine");
}

TEST(Server, DoneIsToldOncePerRequest) {
    std::atomic<int> done{0};
    std::atomic<int64_t> in{0}, out{0};
    Site site([&](ServerOptions& options, Router&) {
        options.done = [&](const ServerOptions::Done& one) {
            ++done;
            in += one.bytes_in;
            out += one.bytes_out;
        };
    });
    Client client = site.client();
    const std::string request = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
    client.ask(request);
    client.ask(request);
    EXPECT_TRUE(testing::eventually([&] { return done == 2; }));
    EXPECT_EQ(in, static_cast<int64_t>(2 * request.size()));
    EXPECT_GT(out, 100);
}

}  // namespace
}  // namespace http
