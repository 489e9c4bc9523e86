// The client against a small server that behaves as servers of the Videos API do.
#include "studio/remote/client.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "base/json/json.h"
#include "base/net/test_server.h"
#include "studio/remote/form.h"

namespace studio {
namespace {

using base::testing::TestServer;

constexpr const char* kFilm =
    "\0\0\0\x18"
    "ftypisom-and-so-on";

std::string film_bytes() { return std::string(kFilm, 22); }

std::string line_of(const std::string& request) { return request.substr(0, request.find("\r\n")); }

std::string video(const std::string& status, int progress, const std::string& more = "") {
    return R"({"id":"video_1","object":"video","model":"m-1","seconds":"4","size":"1280x720",)"
           R"("status":")" +
           status + R"(","progress":)" + std::to_string(progress) + more + "}";
}

class Remote : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("aozora_remote_" +
                   std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        request_.prompt = "a red ball rolls";
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string path() const { return folder_ / "film.mp4"; }
    bool left_something() const { return !std::filesystem::is_empty(folder_); }

    base::Result<RemoteFilm> make(const TestServer& server,
                                  const base::CancelToken* cancel = nullptr,
                                  const std::function<void(const RemoteProgress&)>& progress = {}) {
        RemoteServer remote;
        remote.url = server.url("/v1");
        remote.key = "sk-secret";
        remote.first_pause_s = 0.005;
        return make_remote_film(remote, request_, path(), false, progress, cancel);
    }
    std::string content() const {
        std::ifstream file(path(), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    RemoteRequest request_;
    std::filesystem::path folder_;
};

// Queued, then at work, then done; remembers every request.
struct Studio {
    std::vector<std::string> requests;
    int polls_left = 2;
    std::string poll_header = "openai-poll-after-ms: 20\r\n";

    std::string operator()(const std::string& request) {
        requests.push_back(request);
        const std::string line = line_of(request);
        if (line.starts_with("POST /v1/videos "))
            return TestServer::answer(200, video("queued", 0), poll_header);
        if (line.starts_with("GET /v1/videos/video_1 ")) {
            const bool done = polls_left-- <= 0;
            return TestServer::answer(
                200, done ? video("completed", 100) : video("in_progress", 40), poll_header);
        }
        if (line.starts_with("GET /v1/videos/video_1/content "))
            return TestServer::answer(200, film_bytes(), "Content-Type: video/mp4\r\n");
        if (line.starts_with("DELETE /v1/videos/video_1 "))
            return TestServer::answer(200, R"({"id":"video_1","deleted":true})");
        return TestServer::answer(404, R"({"error":{"message":"no such route"}})");
    }
};

TEST_F(Remote, CreatesWaitsAndFetches) {
    Studio studio;
    request_.model = "m-1";
    request_.seconds = "4";
    request_.size = "1280x720";
    request_.picture = RemotePicture{"image/png", std::string("\x89PNG\r\n--x\r\n\0bytes", 17)};
    std::vector<RemoteProgress::Step> steps;
    base::Result<RemoteFilm> film = base::failed("");
    {
        TestServer server(std::ref(studio));
        film = make(server, nullptr, [&](const RemoteProgress& p) {
            if (steps.empty() || steps.back() != p.step) steps.push_back(p.step);
        });
    }
    ASSERT_TRUE(film.ok()) << film.error().text();
    EXPECT_EQ(film->id, "video_1");
    EXPECT_EQ(film->seconds, "4");
    EXPECT_EQ(film->bytes, 22);
    EXPECT_EQ(content(), film_bytes());
    using Step = RemoteProgress::Step;
    EXPECT_EQ(steps,
              (std::vector<Step>{Step::Sending, Step::Waiting, Step::Working, Step::Fetching}));
    ASSERT_EQ(studio.requests.size(), 5u);  // create, three looks, the film
    const std::string& create = studio.requests.front();
    EXPECT_NE(create.find("Authorization: Bearer sk-secret"), std::string::npos);
    EXPECT_NE(create.find("Content-Type: multipart/form-data; boundary="), std::string::npos);
    for (const char* part :
         {"name=\"prompt\"\r\n\r\na red ball rolls\r\n", "name=\"seconds\"\r\n\r\n4\r\n",
          "name=\"size\"\r\n\r\n1280x720\r\n", "name=\"model\"\r\n\r\nm-1\r\n",
          "name=\"input_reference\"; filename=\"picture.png\"\r\nContent-Type: "
          "image/png\r\n\r\n"}) {
        EXPECT_NE(create.find(part), std::string::npos) << part;
    }
    EXPECT_NE(create.find(request_.picture->bytes), std::string::npos);
}

TEST_F(Remote, LooksAsOftenAsTheServerWants) {
    Studio studio;
    studio.polls_left = 200;  // minutes, with pauses of a second
    TestServer server(std::ref(studio));
    ASSERT_TRUE(make(server).ok());
    EXPECT_EQ(studio.requests.size(), 203u);
}

TEST_F(Remote, TellsTheServersReason) {
    TestServer server([](const std::string&) {
        return TestServer::answer(
            400, R"({"error":{"message":"Inpaint image must match the requested width and height",)"
                 R"("type":"invalid_request_error","param":null,"code":"bad_size"}})");
    });
    request_.picture = RemotePicture{"image/png", "x"};
    const auto film = make(server);
    ASSERT_FALSE(film.ok());
    EXPECT_EQ(film.error().kind, base::ErrorKind::Usage);
    EXPECT_NE(film.error().message.find("Inpaint image must match"), std::string::npos);
    EXPECT_NE(film.error().message.find("bad_size"), std::string::npos);
    EXPECT_EQ(server.requests(), 1);
    EXPECT_FALSE(left_something());
}

TEST_F(Remote, NeverTellsTheKey) {
    TestServer server([](const std::string&) {
        return TestServer::answer(401, R"({"error":{"message":"wrong key sk-secret!"}})");
    });
    const auto film = make(server);
    ASSERT_FALSE(film.ok());
    EXPECT_EQ(film.error().text().find("sk-secret"), std::string::npos) << film.error().text();
    EXPECT_NE(film.error().text().find("[key]"), std::string::npos);
}

TEST_F(Remote, TellsWhyAFilmFailed) {
    TestServer server([](const std::string& request) {
        if (request.starts_with("POST"))
            return TestServer::answer(200, video("queued", 0), "openai-poll-after-ms: 20\r\n");
        return TestServer::answer(
            200,
            video(
                "failed", 30,
                R"(,"error":{"code":"moderation_blocked","message":"Your request was blocked"})"));
    });
    const auto film = make(server);
    ASSERT_FALSE(film.ok());
    EXPECT_NE(film.error().message.find("Your request was blocked (moderation_blocked)"),
              std::string::npos);
    EXPECT_FALSE(left_something());
}

TEST_F(Remote, CancelAsksTheServerToDelete) {
    base::CancelToken cancel;
    Studio studio;
    studio.polls_left = 1'000'000;
    base::Result<RemoteFilm> film = base::failed("");
    {
        TestServer server(std::ref(studio));
        film = make(server, &cancel, [&](const RemoteProgress& p) {
            if (p.step == RemoteProgress::Step::Working) cancel.cancel();
        });
    }
    ASSERT_FALSE(film.ok());
    EXPECT_EQ(film.error().kind, base::ErrorKind::Cancelled);
    EXPECT_TRUE(studio.requests.back().starts_with("DELETE /v1/videos/video_1 "));
    EXPECT_NE(studio.requests.back().find("Authorization: Bearer sk-secret"), std::string::npos);
    EXPECT_FALSE(left_something());
}

TEST_F(Remote, BusyServersAreAskedAgain) {
    Studio studio;
    int busy_create = 2, busy_look = 3, early = 1;
    TestServer server([&](const std::string& request) {
        if (request.starts_with("POST") && busy_create-- > 0)
            return TestServer::answer(429, "{}", "retry-after-ms: 5\r\n");
        if (request.starts_with("GET /v1/videos/video_1 ") && busy_look-- > 0)
            return busy_look % 2 ? TestServer::answer(503, "busy") : std::string();  // or hangs up
        if (request.starts_with("GET /v1/videos/video_1/content") && early-- > 0)
            return TestServer::answer(404, R"({"error":{"message":"Video is not ready yet"}})");
        return studio(request);
    });
    const auto film = make(server);
    ASSERT_TRUE(film.ok()) << film.error().text();
    EXPECT_EQ(content(), film_bytes());
}

// It may have cost money already.
TEST_F(Remote, ACreateWithoutAnswerIsNotRepeated) {
    TestServer server([](const std::string&) { return std::string(); });
    ASSERT_FALSE(make(server).ok());
    EXPECT_EQ(server.requests(), 1);
}

TEST_F(Remote, ServersThatWantJsonGetJson) {
    Studio studio;
    base::Json seen;
    TestServer server([&](const std::string& request) {
        if (request.starts_with("POST")) {
            if (request.find("multipart/form-data") != std::string::npos)
                return TestServer::answer(422, R"({"detail":"no file"})");
            seen = *base::parse_json(TestServer::body_of(request), "body");
        }
        return studio(request);
    });
    request_.seconds = "8";
    ASSERT_TRUE(make(server).ok());
    EXPECT_EQ(seen, (base::Json{{"prompt", "a red ball rolls"}, {"seconds", "8"}}));
}

TEST_F(Remote, BrokenDownloadsLeaveNothing) {
    Studio studio;
    TestServer server([&](const std::string& request) {
        if (request.starts_with("GET /v1/videos/video_1/content"))
            return std::string("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nonly this");
        return studio(request);
    });
    const auto film = make(server);
    ASSERT_FALSE(film.ok());
    EXPECT_FALSE(left_something());
}

TEST_F(Remote, AnswersThatAreNoFilmAreRefused) {
    Studio studio;
    for (const char* body : {"", "{\"error\":{}}"}) {
        studio.polls_left = 0;
        TestServer server([&](const std::string& request) {
            if (request.starts_with("GET /v1/videos/video_1/content"))
                return TestServer::answer(200, body, "Content-Type: application/json\r\n");
            return studio(request);
        });
        EXPECT_FALSE(make(server).ok());
        EXPECT_FALSE(left_something());
    }
}

TEST_F(Remote, StrangeAnswersAreErrors) {
    request_.picture = RemotePicture{"image/png", "x"};
    for (const std::string& body :
         {std::string("not json"), std::string("[1]"), std::string("{}"),
          std::string(R"({"id":"video_1"})"), std::string(R"({"id":{},"status":"queued"})"),
          R"({"id":")" + std::string(1000, 'x') + R"(","status":"queued"})"}) {
        TestServer server([&](const std::string&) { return TestServer::answer(200, body); });
        EXPECT_FALSE(make(server).ok()) << body.substr(0, 40);
        EXPECT_LE(server.requests(), 1);
    }
}

TEST_F(Remote, IdsCannotLeadElsewhere) {
    std::vector<std::string> lines;
    {
        TestServer server([&](const std::string& request) {
            lines.push_back(line_of(request));
            if (request.starts_with("POST"))
                return TestServer::answer(200, R"({"id":"../a b?x=#","status":"queued"})");
            return TestServer::answer(404, "{}");
        });
        EXPECT_FALSE(make(server).ok());
    }
    ASSERT_GE(lines.size(), 2u);
    EXPECT_EQ(lines[1], "GET /v1/videos/..%2Fa%20b%3Fx%3D%23 HTTP/1.1");
}

TEST_F(Remote, ImpatienceIsAnError) {
    Studio studio;
    studio.polls_left = 1'000'000;
    TestServer server(std::ref(studio));
    RemoteServer remote;
    remote.url = server.url("/v1/");
    remote.patience_s = 0.2;
    const auto film = make_remote_film(remote, request_, path(), false, {}, nullptr);
    ASSERT_FALSE(film.ok());
    EXPECT_NE(film.error().message.find("video_1"), std::string::npos);
    EXPECT_FALSE(left_something());
}

TEST_F(Remote, AnExistingFilmIsNotPaidForAndNotOverwritten) {
    std::ofstream(path()) << "mine";
    Studio studio;
    TestServer server(std::ref(studio));
    ASSERT_FALSE(make(server).ok());
    EXPECT_EQ(server.requests(), 0);
    EXPECT_EQ(content(), "mine");
}

TEST(Form, BoundaryIsInNoPart) {
    Form form;
    form.text("a", "1");
    const std::string type = form.content_type();
    const std::string mark = type.substr(type.find("boundary=") + 9);
    Form other;
    other.text("a", "1");
    other.file("f", "x.png", "image/png", "--" + mark + "\r\n");
    const std::string other_mark =
        other.content_type().substr(other.content_type().find("boundary=") + 9);
    EXPECT_NE(mark, other_mark);
    EXPECT_TRUE(form.body().starts_with("--" + mark + "\r\n"));
    EXPECT_TRUE(form.body().ends_with("\r\n--" + mark + "--\r\n"));
    EXPECT_EQ(form.body(), "--" + mark +
                               "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--" +
                               mark + "--\r\n");
}

}  // namespace
}  // namespace studio
