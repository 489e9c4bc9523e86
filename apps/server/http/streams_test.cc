// Event streams and long polls.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "apps/server/http/test_client.h"
#include "apps/server/http/test_site.h"

namespace http {
namespace {

using testing::Client;
using testing::eventually;
using testing::Reply;
using testing::route;
using testing::Site;

// Hands the streams and polls that its handlers made to the test.
struct Streams {
    std::mutex mutex;
    std::shared_ptr<EventStream> stream;
    std::shared_ptr<Later> later;
    std::atomic<int> gone{0};

    void add(Router& router, double later_timeout_s = 60, size_t most_queued = 64 << 10) {
        router.add(route("GET", "/events", [this, most_queued](Request&) {
            const std::lock_guard lock(mutex);
            stream = EventStream::create(most_queued);
            stream->on_gone([this] { ++gone; });
            Response response;
            response.body = stream;
            return response;
        }));
        router.add(route("GET", "/later", [this, later_timeout_s](Request&) {
            const std::lock_guard lock(mutex);
            later = Later::create(later_timeout_s, text(204, ""));
            Response response;
            response.body = later;
            return response;
        }));
    }
    std::shared_ptr<EventStream> get_stream() {
        const std::lock_guard lock(mutex);
        return stream;
    }
    std::shared_ptr<Later> get_later() {
        const std::lock_guard lock(mutex);
        return later;
    }
};

TEST(EventStream, SendsEventsUntilItIsClosed) {
    Streams streams;
    Site site([&](ServerOptions&, Router& router) { streams.add(router); });
    Client client = site.client();
    client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(client.receive_until("\r\n\r\n"));
    EXPECT_NE(client.unread().find("Content-Type: text/event-stream\r\n"), std::string::npos);
    EXPECT_TRUE(eventually([&] { return site.server->counts().event_streams == 1; }));
    const auto stream = streams.get_stream();
    stream->send("video.progress", "{\"progress\":\n40}", "7");
    stream->send("", "plain");
    stream->close();
    EXPECT_EQ(client.read_reply().body,
              "event: video.progress\nid: 7\ndata: {\"progress\":\ndata: 40}\n\ndata: plain\n\n");
    EXPECT_TRUE(client.ends());
    EXPECT_TRUE(eventually([&] { return streams.gone == 1; }));
    EXPECT_TRUE(stream->gone());
    EXPECT_TRUE(eventually([&] { return site.server->counts().event_streams == 0; }));
}

TEST(EventStream, CommentsKeepItAlive) {
    Streams streams;
    Site site([&](ServerOptions& options, Router& router) {
        options.heartbeat_s = 0.03;
        streams.add(router);
    });
    Client client = site.client();
    client.send("GET /events HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(client.receive_until("\r\n\r\n:\n\n:\n\n"));
}

TEST(EventStream, NoticesThatTheClientLeaves) {
    Streams streams;
    Site site([&](ServerOptions&, Router& router) { streams.add(router); });
    for (int i = 0; i < 2; ++i) {
        Client client = site.client();
        client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
        ASSERT_TRUE(client.receive_until("\r\n\r\n"));
        i == 0 ? client.close() : client.slam();
        EXPECT_TRUE(eventually([&] { return streams.gone == i + 1; }));
        EXPECT_TRUE(streams.get_stream()->gone());
        streams.get_stream()->send("", "into the void");
    }
}

TEST(EventStream, AClientThatNeverReadsIsLetGo) {
    Streams streams;
    Site site([&](ServerOptions&, Router& router) { streams.add(router); });
    Client client = site.client();
    client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(client.receive_until("\r\n\r\n"));
    const auto stream = streams.get_stream();
    const std::string data(8 << 10, 'x');
    int sent = 0;
    while (!stream->gone() && sent < 100'000) {
        stream->send("", data);
        ++sent;
    }
    EXPECT_TRUE(stream->gone());
    // Only the socket's own buffers and one queue were filled; the rest was never held.
    EXPECT_TRUE(eventually([&] { return streams.gone == 1; }));
    EXPECT_TRUE(eventually([&] { return site.server->counts().connections == 0; }));
}

TEST(EventStream, MaySendBeforeItsHandlerReturnsAndOutliveTheServer) {
    std::shared_ptr<EventStream> kept;
    {
        Site site([&](ServerOptions&, Router& router) {
            router.add(route("GET", "/early", [&](Request&) {
                kept = EventStream::create();
                kept->send("", "early");
                Response response;
                response.body = kept;
                return response;
            }));
        });
        Client client = site.client();
        client.send("GET /early HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_TRUE(client.receive_until("data: early\n\n"));
    }
    EXPECT_TRUE(kept->gone());
    kept->send("", "late");
    kept->close();
}

TEST(EventStream, ManyThreadsMaySend) {
    Streams streams;
    Site site([&](ServerOptions&, Router& router) { streams.add(router, 60, 1 << 20); });
    Client client = site.client();
    client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(client.receive_until("\r\n\r\n"));
    const auto stream = streams.get_stream();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) stream->send("e", "x");
        });
    }
    for (std::thread& thread : threads) thread.join();
    stream->close();
    EXPECT_EQ(client.read_reply().body.size(), 800 * std::string("event: e\ndata: x\n\n").size());
}

TEST(Later, AnswersWhenThereIsAnAnswer) {
    Streams streams;
    Site site([&](ServerOptions&, Router& router) { streams.add(router); });
    Client client = site.client();
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return streams.get_later() != nullptr; }));
    EXPECT_FALSE(streams.get_later()->gone());
    streams.get_later()->answer(json_text(200, "{\"job\":1}"));
    streams.get_later()->answer(json_text(200, "{\"job\":2}"));
    EXPECT_EQ(client.read_reply().body, "{\"job\":1}");
    EXPECT_TRUE(streams.get_later()->gone());
    EXPECT_EQ(client.read_reply().body, "hello") << "the next request on the connection";
}

TEST(Later, TimesOut) {
    Streams streams;
    Site site([&](ServerOptions&, Router& router) { streams.add(router, 0.05); });
    Client client = site.client();
    EXPECT_EQ(client.get("/later").status, 204);
    EXPECT_TRUE(streams.get_later()->gone());
    streams.get_later()->answer(text(200, "too late"));
    EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST(Later, NoticesThatTheClientLeaves) {
    Streams streams;
    Site site([&](ServerOptions&, Router& router) { streams.add(router); });
    Client client = site.client();
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return streams.get_later() != nullptr; }));
    client.close();
    EXPECT_TRUE(eventually([&] { return streams.get_later()->gone(); }));
    streams.get_later()->answer(text(200, "nobody"));
    EXPECT_TRUE(eventually([&] { return site.server->counts().connections == 0; }));
}

TEST(Later, MayAnswerWithAFileButNotWithAnotherLater) {
    testing::Folder folder;
    const std::string path = folder.write("f", "0123456789");
    Site site([&](ServerOptions&, Router& router) {
        router.add(route("GET", "/file", [&](Request&) {
            Response file, response;
            file.body = FileBody{path};
            const auto later = Later::create(5, text(204, ""));
            later->answer(std::move(file));
            response.body = later;
            return response;
        }));
        router.add(route("GET", "/nested", [&](Request&) {
            Response inner, response;
            inner.body = Later::create(5, text(204, ""));
            response.body = Later::create(0.01, std::move(inner));
            return response;
        }));
    });
    Client client = site.client();
    EXPECT_EQ(client.get("/file", "Range: bytes=2-4\r\n").body, "234");
    EXPECT_EQ(client.get("/nested").status, 500);
    EXPECT_EQ(client.get("/hello").status, 200);
}

TEST(Streams, AreForOneClientOnly) {
    const auto events = EventStream::create();
    const auto later = Later::create(60, text(204, ""));
    Site site([&](ServerOptions&, Router& router) {
        router.add(route("GET", "/events", [&](Request&) {
            Response response;
            response.body = events;
            return response;
        }));
        router.add(route("GET", "/later", [&](Request&) {
            Response response;
            response.body = later;
            return response;
        }));
    });
    Client first = site.client(), poll = site.client(), other = site.client();
    first.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(first.receive_until("\r\n\r\n"));
    EXPECT_EQ(other.get("/events").status, 500);
    for (Client* client : {&poll, &other}) {
        client->send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    // Whoever comes second is refused at once.
    ASSERT_TRUE(eventually([&] { return poll.receive(0.01) || other.receive(0.01); }));
    Client& refused = poll.unread().empty() ? other : poll;
    Client& waiting = poll.unread().empty() ? poll : other;
    EXPECT_EQ(refused.read_reply().status, 500);
    later->answer(text(200, "mine"));
    EXPECT_EQ(waiting.read_reply().body, "mine");
    events->send("", "mine, too");
    EXPECT_TRUE(first.receive_until("mine, too"));
}

TEST(EventStream, HeadOnlyHasTheHead) {
    Streams streams;
    Site site([&](ServerOptions&, Router& router) { streams.add(router); });
    Client client = site.client();
    const Reply reply = client.ask("HEAD /events HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(reply.header("content-type"), "text/event-stream");
    EXPECT_TRUE(client.ends());
    EXPECT_TRUE(eventually([&] { return streams.gone == 1; }));
}

TEST(Drain, EndsIdleOnesWaitsForHandlersAndLetsStreamsGo) {
    Streams streams;
    std::atomic<bool> started{false};
    Site site([&](ServerOptions&, Router& router) {
        streams.add(router);
        router.add(route("GET", "/slow", [&](Request&) {
            started = true;
            ::usleep(100'000);
            return text(200, "finished");
        }));
    });
    Client idle = site.client(), silent = site.client(), slow = site.client(),
           events = site.client(), poll = site.client();
    EXPECT_EQ(idle.get("/hello").status, 200);
    events.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(events.receive_until("\r\n\r\n"));
    poll.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return started && streams.get_later() != nullptr; }));
    const int port = site.server->port();
    std::thread drain([&] { site.server->drain(10); });
    EXPECT_TRUE(idle.ends());
    EXPECT_TRUE(silent.ends());
    EXPECT_TRUE(events.ends());
    EXPECT_EQ(poll.read_reply().status, 204) << "a poll gets its timeout answer";
    const Reply reply = slow.read_reply();
    EXPECT_EQ(reply.body, "finished");
    EXPECT_EQ(reply.header("connection"), "close");
    drain.join();
    EXPECT_EQ(site.server->counts().connections, 0);
    EXPECT_FALSE(Client(port).connected());
    site.server.reset();
    EXPECT_EQ(streams.gone, 1);
}

TEST(Drain, DoesNotWaitForever) {
    std::atomic<bool> started{false}, finish{false};
    Site site([&](ServerOptions&, Router& router) {
        router.add(route("GET", "/stuck", [&](Request&) {
            started = true;
            while (!finish) ::usleep(1000);
            return text(200, "");
        }));
    });
    Client client = site.client();
    client.send("GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return started.load(); }));
    site.server->drain(0.05);
    EXPECT_EQ(site.server->counts().requests_in_flight, 1);
    finish = true;
    site.server.reset();
}

}  // namespace
}  // namespace http
