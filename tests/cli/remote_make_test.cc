// `aozora make --engine remote:...` against a server in this process.
#include "apps/cli/remote_make.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/net/test_server.h"
#include "media/still.h"

namespace {

using base::testing::TestServer;

struct Variable {  // set while it lives
    std::string name;
    Variable(std::string n, const std::string& value) : name(std::move(n)) {
        setenv(name.c_str(), value.c_str(), 1);
    }
    ~Variable() { unsetenv(name.c_str()); }
};

TEST(RemoteEngine, NamesStandInTheEnvironment) {
    const Variable url("AOZORA_REMOTE_MY_BOX_URL", "http://box:8000/v1"),
        key("AOZORA_REMOTE_MY_BOX_KEY", "k"), model("AOZORA_REMOTE_MY_BOX_MODEL", "m");
    const auto engine = apps::remote_engine("remote:my-box");
    ASSERT_TRUE(engine.ok());
    EXPECT_EQ(engine->server.url, "http://box:8000/v1");
    EXPECT_EQ(engine->server.key, "k");
    EXPECT_EQ(engine->model, "m");
}

TEST(RemoteEngine, AddressesNeedNoName) {
    const Variable key("AOZORA_REMOTE_KEY", "k2");
    const auto engine = apps::remote_engine("remote:https://films.example/v1");
    ASSERT_TRUE(engine.ok());
    EXPECT_EQ(engine->server.url, "https://films.example/v1");
    EXPECT_EQ(engine->server.key, "k2");
}

TEST(RemoteEngine, MistakesTellTheRemedy) {
    const auto unknown = apps::remote_engine("remote:nowhere");
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().kind, base::ErrorKind::Usage);
    EXPECT_NE(unknown.error().message.find("AOZORA_REMOTE_NOWHERE_URL"), std::string::npos);
    EXPECT_FALSE(apps::remote_engine("remote").ok());
    EXPECT_FALSE(apps::remote_engine("remote:").ok());
    EXPECT_TRUE(apps::is_remote("remote:x"));
    EXPECT_FALSE(apps::is_remote("world"));
}

TEST(RemoteMake, SendsThePictureAtTheFilmsSize) {
    const auto folder = std::filesystem::temp_directory_path() / "aozora_remote_make_test";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const std::string still = folder / "still.png", film = folder / "film.mp4";
    base::Image8 picture(100, 100, 3);
    ASSERT_TRUE(media::write_png(picture, still).ok());
    std::string create;
    int code = -1;
    {
        TestServer server([&](const std::string& request) {
            if (request.starts_with("POST")) create = request;
            if (request.starts_with("GET /v1/videos/v1/content"))
                return TestServer::answer(200, "film", "Content-Type: video/mp4\r\n");
            return TestServer::answer(200, R"({"id":"v1","status":"completed"})");
        });
        apps::FilmOptions options;
        options.engine = "remote:" + server.url("/v1");
        options.output = film;
        options.size = "64x32";
        options.seconds = 4;
        options.image = still;
        options.no_progress = true;
        code = apps::run_remote("a red ball rolls", options);
    }
    EXPECT_EQ(code, apps::kExitOk);
    EXPECT_TRUE(std::filesystem::exists(film));
    EXPECT_NE(create.find("name=\"seconds\"\r\n\r\n4\r\n"), std::string::npos);
    EXPECT_NE(create.find("name=\"size\"\r\n\r\n64x32\r\n"), std::string::npos);
    const size_t png = create.find("\x89PNG");
    ASSERT_NE(png, std::string::npos);
    const auto sent = media::decode_image(create.substr(png));
    ASSERT_TRUE(sent.ok()) << sent.error().text();
    EXPECT_EQ(sent->width_px, 64);
    EXPECT_EQ(sent->height_px, 32);
    std::filesystem::remove_all(folder);
}

TEST(RemoteMake, AMissingPictureIsAnErrorBeforeAnythingIsSent) {
    TestServer server([](const std::string&) { return TestServer::answer(200, "{}"); });
    apps::FilmOptions options;
    options.engine = "remote:" + server.url("/v1");
    options.output = std::filesystem::temp_directory_path() / "aozora_remote_never.mp4";
    options.image = "/nonexistent.png";
    options.no_progress = true;
    EXPECT_NE(apps::run_remote("a red ball rolls", options), apps::kExitOk);
    EXPECT_EQ(server.requests(), 0);
}

}  // namespace
