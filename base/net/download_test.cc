// The behaviour towards a whole hub is tested in neural/catalogue/pull_test.cc.
#include "base/net/download.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/core/sha256.h"
#include "base/net/test_server.h"

namespace base {
namespace {

namespace fs = std::filesystem;
using testing::TestServer;

struct Downloads : ::testing::Test {
    fs::path folder = fs::temp_directory_path() / ("aozora-download-" + std::to_string(getpid()));
    Downloads() { fs::create_directories(folder); }
    ~Downloads() override { fs::remove_all(folder); }

    DownloadRequest to(const std::string& url) const {
        DownloadRequest request;
        request.url = url;
        request.target = (folder / "file").string();
        request.first_wait_s = 0.01;
        return request;
    }
    std::string got() const {
        std::ifstream file(folder / "file", std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    size_t files() const {
        return static_cast<size_t>(
            std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }
};

TEST_F(Downloads, WithoutAKnownSize) {
    TestServer server([](const std::string&) { return TestServer::answer(200, "all of it"); });
    DownloadRequest request = to(server.url());
    request.sha256 = sha256_hex("all of it");
    ASSERT_TRUE(download(request).ok());
    EXPECT_EQ(got(), "all of it");
    EXPECT_EQ(files(), 1u);
}

TEST_F(Downloads, AnEmptyFile) {
    TestServer server([](const std::string&) { return TestServer::answer(200, ""); });
    DownloadRequest request = to(server.url());
    request.size_bytes = 0;
    ASSERT_TRUE(download(request).ok());
    EXPECT_EQ(got(), "");
    EXPECT_EQ(files(), 1u);
}

TEST_F(Downloads, MoreThanAnnouncedIsRefused) {
    TestServer server([](const std::string&) { return TestServer::answer(200, "too much"); });
    DownloadRequest request = to(server.url());
    request.size_bytes = 3;
    const auto refused = download(request);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().text().find("longer than the announced 3 bytes"), std::string::npos)
        << refused.error().text();
    EXPECT_FALSE(fs::exists(folder / "file"));
}

TEST_F(Downloads, WaitingEndsWhenCancelled) {
    TestServer server(
        [](const std::string&) { return TestServer::answer(429, "", "Retry-After: 50\r\n"); });
    DownloadRequest request = to(server.url());
    request.size_bytes = 10;
    CancelToken stop;
    request.cancel = &stop;
    std::thread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        stop.cancel();
    });
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(download(request).error().kind, ErrorKind::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    later.join();
}

TEST_F(Downloads, TwoAtOnceDoNotMix) {
    TestServer server([](const std::string&) { return TestServer::answer(200, "x"); });
    const DownloadRequest request = to(server.url());
    const int other = open((request.target + ".part").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    ASSERT_EQ(flock(other, LOCK_EX | LOCK_NB), 0);
    EXPECT_NE(download(request).error().text().find("another process"), std::string::npos);
    close(other);
    EXPECT_TRUE(download(request).ok());
}

}  // namespace
}  // namespace base
