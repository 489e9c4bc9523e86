#include "neural/catalogue/pull.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>

#include "base/core/sha256.h"
#include "base/net/test_server.h"
#include "neural/weights/open.h"
#include "neural/weights/safetensors.h"

namespace neural {
namespace {

namespace fs = std::filesystem;
using base::testing::TestServer;

constexpr int64_t kPiece = 10'000;

std::string header_of(const std::string& request, const std::string& name) {
    const size_t at = request.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const size_t begin = at + name.size() + 4;
    return request.substr(begin, request.find("\r\n", begin) - begin);
}
std::string path_of(const std::string& request) {
    const size_t begin = request.find(' ') + 1;
    return request.substr(begin, request.find(' ', begin) - begin);
}

// A hub and its store on another port, as the real one has. Files by their path in the repository
// org/model; what misbehaves is said by the members.
class Hub {
public:
    std::map<std::string, std::string> files;
    std::map<std::string, std::string> told_sha256;  // in place of the true one
    int cut_after = -1;  // bytes of a body, for the next `cuts` answers of the store
    int cuts = 0;
    int busy = 0;  // so many answers of the store are `busy_with`
    std::string busy_with = "503";
    std::string busy_headers;
    std::string refuse;  // status and headers of every answer of the hub
    bool knows_ranges = true, circles = false;
    int64_t told_size = -1, told_total = -1;
    int slow_ms = 0;
    std::vector<std::string> seen_by_hub, seen_by_store;
    int64_t body_bytes = 0;  // that the store gave

    Hub()
        : store_([this](const std::string& r) { return stored(r); }),
          hub_([this](const std::string& r) { return asked(r); }) {}

    std::string url() const { return hub_.url(""); }

private:
    static std::string head(const std::string& status, const std::string& headers, int64_t length) {
        return "HTTP/1.1 " + status + " X\r\nContent-Length: " + std::to_string(length) + "\r\n" +
               headers + "Connection: close\r\n\r\n";
    }

    std::string asked(const std::string& request) {
        seen_by_hub.push_back(request);
        if (!refuse.empty())
            return "HTTP/1.1 " + refuse + "Content-Length: 0\r\nConnection: close\r\n\r\n";
        const std::string path = path_of(request);
        if (path.starts_with("/api/models/org/model/")) {
            std::string list;
            for (const auto& [name, bytes] : files)
                list += (list.empty() ? "" : ",") + std::string("{\"rfilename\":\"" + name + "\"}");
            return TestServer::answer(200, "{\"siblings\":[" + list + "]}");
        }
        const std::string prefix = "/org/model/resolve/";
        if (circles) return head("302", "Location: " + path + "\r\n", 0);
        if (!path.starts_with(prefix)) return head("404", "X-Error-Code: RepoNotFound\r\n", 0);
        const std::string name = path.substr(path.find('/', prefix.size()) + 1);
        const auto file = files.find(name);
        if (file == files.end()) return head("404", "X-Error-Code: EntryNotFound\r\n", 0);
        const auto told = told_sha256.find(name);
        const std::string sha =
            told == told_sha256.end() ? base::sha256_hex(file->second) : told->second;
        const int64_t size = told_size >= 0 ? told_size : static_cast<int64_t>(file->second.size());
        return head("302",
                    "X-Repo-Commit: c0ffee\r\nX-Linked-Size: " + std::to_string(size) +
                        "\r\nX-Linked-Etag: \"" + sha +
                        "\"\r\nLocation: " + store_.url("/blob/" + name) + "\r\n",
                    0);
    }

    std::string stored(const std::string& request) {
        seen_by_store.push_back(request);
        if (slow_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(slow_ms));
        if (busy > 0) {
            --busy;
            return head(busy_with, busy_headers, 0);
        }
        const std::string& file = files.at(path_of(request).substr(6));
        const std::string range = header_of(request, "Range");
        size_t first = 0, last = file.size() - 1;
        const bool partial = knows_ranges && !range.empty();
        if (partial) {
            first = std::stoul(range.substr(6));
            last = std::min<size_t>(last, std::stoul(range.substr(range.find('-') + 1)));
        }
        const std::string body = file.substr(first, last - first + 1);
        const int64_t total = told_total >= 0 ? told_total : static_cast<int64_t>(file.size());
        std::string answer =
            head(partial ? "206" : "200",
                 partial ? "Content-Range: bytes " + std::to_string(first) + "-" +
                               std::to_string(last) + "/" + std::to_string(total) + "\r\n"
                         : "",
                 static_cast<int64_t>(body.size()));
        std::string sent = body;
        if (cuts > 0 && static_cast<int>(body.size()) > cut_after) {
            --cuts;
            sent = body.substr(0, static_cast<size_t>(cut_after));
        }
        body_bytes += static_cast<int64_t>(sent.size());
        return answer + sent;
    }

    TestServer store_, hub_;
};

std::string weights(const fs::path& folder, int64_t count, float value) {
    const std::string path = (folder / "made").string();
    tensor::Tensor t({count});
    for (int64_t i = 0; i < count; ++i) t.f32()[i] = value + static_cast<float>(i % 977);
    EXPECT_TRUE(write_safetensors(path, {{"w" + std::to_string(static_cast<int>(value)), t}}).ok());
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr CatalogueLicence kLicence{"a licence", "", "", false};
constexpr CatalogueFile kFiles[] = {{"transformer", "org/model", "model.safetensors", 1},
                                    {"tokenizer", "org/model", "deep/tokenizer.json", 1}};

struct Pull : ::testing::Test {
    fs::path folder = fs::temp_directory_path() / ("aozora-pull-" + std::to_string(getpid()));
    Hub hub;
    CatalogueModel model{"a-model", "A model", "films", &kLicence, kFiles, {}};
    PullOptions options;

    Pull() {
        fs::remove_all(folder);
        fs::create_directories(folder / "models");
        hub.files["model.safetensors"] = weights(folder, 25'000, 1);
        hub.files["deep/tokenizer.json"] = "{\"a\":1}";
        options.models = (folder / "models").string();
        options.piece_bytes = kPiece;
        options.hub.endpoint = hub.url();
        options.hub.first_wait_s = 0.01;
        options.hub.most_wait_s = 0.2;
    }
    ~Pull() override { fs::remove_all(folder); }

    void expect_installed(const base::Result<InstalledModel>& installed) {
        ASSERT_TRUE(installed.ok()) << installed.error().text();
        const auto found = find_installed(options.models, "a-model");
        ASSERT_TRUE(found.ok()) << found.error().text();
        EXPECT_EQ(found->licence, "a licence");
        std::ifstream file(*found->file("transformer"), std::ios::binary);
        EXPECT_TRUE(std::string(std::istreambuf_iterator<char>(file), {}) ==
                    hub.files["model.safetensors"]);
        EXPECT_EQ(found->bytes(), hub.files["model.safetensors"].size() + 7);
        EXPECT_EQ(found->file("gone").error().text().find("has no gone, only transformer"), 0u);
        // Nothing but the model lies there.
        size_t files = 0;
        for (const auto& each : fs::recursive_directory_iterator(options.models))
            files += each.is_regular_file();
        EXPECT_EQ(files, 3u);
    }
    void expect_refused(const std::string& why) {
        const auto installed = pull_model(model, options);
        ASSERT_FALSE(installed.ok()) << why;
        EXPECT_NE(installed.error().text().find(why), std::string::npos)
            << installed.error().text();
        EXPECT_TRUE(installed_models(options.models).empty());
        EXPECT_FALSE(find_installed(options.models, "a-model").ok());
    }
};

TEST_F(Pull, ComesInPartsAndIsInstalledWhole) {
    options.hub.token = "secret";
    uint64_t last = 0;
    options.on_progress = [&](const PullProgress& p) {
        EXPECT_LE(p.done_bytes, p.total_bytes);
        last = std::max(last, p.done_bytes);
    };
    expect_installed(pull_model(model, options));
    EXPECT_EQ(last, hub.files["model.safetensors"].size() + 7);
    EXPECT_GE(hub.seen_by_store.size(), 11u);
    // The token went to the hub and to nobody else; pieces came from one commit.
    for (const std::string& r : hub.seen_by_hub)
        EXPECT_EQ(header_of(r, "Authorization"), "Bearer secret") << r;
    for (const std::string& r : hub.seen_by_store) EXPECT_EQ(header_of(r, "Authorization"), "");
    EXPECT_NE(hub.seen_by_hub.back().find("/resolve/c0ffee/"), std::string::npos);
    EXPECT_EQ(pull_model(model, options).error().message,
              "is installed already; --force fetches it anew");
    options.again = true;
    hub.files["model.safetensors"] = weights(folder, 25'000, 2);
    expect_installed(pull_model(model, options));
}

TEST_F(Pull, CutsAndBusyServersOnlyCostTime) {
    hub.cut_after = 3'000;
    hub.cuts = 12;
    hub.busy = 3;
    expect_installed(pull_model(model, options));
}

TEST_F(Pull, PatienceAsTheServerAsksForIt) {
    hub.busy = 1;
    hub.busy_with = "429";
    hub.busy_headers = "Retry-After: 1\r\n";
    options.connections = 1;
    options.hub.most_wait_s = 5;
    const auto start = std::chrono::steady_clock::now();
    expect_installed(pull_model(model, options));
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(900));
}

TEST_F(Pull, ServersWithoutRangesAreServedInOneGo) {
    hub.knows_ranges = false;
    hub.cut_after = 5'000;
    hub.cuts = 2;
    expect_installed(pull_model(model, options));
}

TEST_F(Pull, WhatRefusesIsSaidAndNothingIsInstalled) {
    hub.busy = 1 << 20;
    expect_refused("the server answered 503");
    hub.busy = 0;
    hub.refuse = "401 X\r\n";
    expect_refused("wants a token (HF_TOKEN or --token)");
    hub.refuse =
        "403 X\r\nX-Error-Code: GatedRepo\r\nX-Error-Message: Ask the \x01"
        "authors\r\n";
    expect_refused("the model is gated: accept its licence on the hub's page");
    expect_refused("it says: Ask the authors");
    options.hub.token = "bad";
    expect_refused("this token has no access");
    hub.refuse = "401 X\r\n";
    expect_refused("does not accept this token");
    hub.refuse = "429 X\r\nRetry-After: 100000\r\n";
    expect_refused("asks for patience");
    hub.refuse = "500 X\r\n";
    expect_refused("the hub answered 500");
    hub.refuse.clear();
    hub.circles = true;
    expect_refused("redirects in circles");
    hub.circles = false;
    std::swap(hub.files["model.safetensors"], hub.files["renamed.safetensors"]);
    hub.files.erase("model.safetensors");
    expect_refused("org/model holds deep/tokenizer.json, renamed.safetensors");
    options.hub.endpoint = "http://127.0.0.1:1";
    options.hub.attempts = 2;
    expect_refused("no answer");
}

TEST_F(Pull, BytesThatAreNotTheAnnouncedOnesAreThrownAway) {
    hub.told_sha256["model.safetensors"] = std::string(64, 'a');
    expect_refused("not the announced ones");
    EXPECT_FALSE(fs::exists(folder / "models/.pull-a-model/model.safetensors"));
    EXPECT_FALSE(fs::exists(folder / "models/.pull-a-model/model.safetensors.part"));
    hub.told_sha256.clear();
    hub.told_total = 5;
    expect_refused("has 5 bytes, announced were 100");
    hub.told_total = -1;
    hub.files["model.safetensors"] = "not weights at all";
    expect_refused("neither a safetensors nor a GGUF");
    hub.told_size = int64_t{1} << 46;
    expect_refused("the disk has");
}

TEST_F(Pull, GoesOnWhereItWasKilled) {
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "the thread sanitizer ends a child of a process with threads";
#endif
    hub.files["model.safetensors"] = weights(folder, 100'000, 3);
    hub.slow_ms = 20;
    const pid_t child = fork();
    if (child == 0) {
        options.connections = 2;
        (void)pull_model(model, options);
        _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it was done before it could be killed";
    EXPECT_TRUE(installed_models(options.models).empty());
    const fs::path log = folder / "models/.pull-a-model/model.safetensors.part.log";
    ASSERT_TRUE(fs::exists(log));
    std::ofstream(log, std::ios::app) << "1";  // a line cut short
    hub.slow_ms = 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const int64_t before = hub.body_bytes;
    EXPECT_GT(before, 0);
    expect_installed(pull_model(model, options));
    const auto size = static_cast<int64_t>(hub.files["model.safetensors"].size());
    EXPECT_LT(hub.body_bytes - before, size - kPiece);
}

TEST_F(Pull, AFullDiskIsSaidAndWhatCameStays) {
#if defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "the thread sanitizer does not see that a forked client follows its server";
#endif
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{60'000, 60'000};
        setrlimit(RLIMIT_FSIZE, &limit);
        const auto installed = pull_model(model, options);
        const bool said =
            !installed.ok() &&
            installed.error().text().find("cannot be written: File too large") != std::string::npos;
        _exit(said ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    EXPECT_TRUE(installed_models(options.models).empty());
    expect_installed(pull_model(model, options));
}

TEST_F(Pull, ShardsComeWithTheirIndex) {
    hub.files["sub/m.safetensors.index.json"] =
        R"({"weight_map":{"w1":"a.safetensors","w2":"b.safetensors"}})";
    hub.files["sub/a.safetensors"] = weights(folder, 100, 1);
    hub.files["sub/b.safetensors"] = weights(folder, 100, 2);
    constexpr CatalogueFile kIndex[] = {
        {"transformer", "org/model", "sub/m.safetensors.index.json", 1}};
    model.files = kIndex;
    const auto installed = pull_model(model, options);
    ASSERT_TRUE(installed.ok()) << installed.error().text();
    const auto opened = open_weights(*installed->file("transformer"));
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ((*opened)->names(), (std::vector<std::string>{"w1", "w2"}));
    fs::remove_all(folder / "models" / "a-model");
    hub.files["sub/m.safetensors.index.json"] = R"({"weight_map":{"w1":"../../x.safetensors"}})";
    expect_refused("outside its folder");
}

TEST_F(Pull, AddressesAndFolders) {
    const auto from_address =
        pull_address(hub.url() + "/org/model/resolve/main/model.safetensors", "mine", options);
    ASSERT_TRUE(from_address.ok()) << from_address.error().text();
    EXPECT_TRUE(open_weights(*from_address->file("all")).ok());
    fs::create_directories(folder / "in/text");
    std::ofstream(folder / "in/net.safetensors") << hub.files["model.safetensors"];
    std::ofstream(folder / "in/text/tokenizer.json") << "{}";
    const auto from_folder = pull_folder((folder / "in").string(), "yours", options);
    ASSERT_TRUE(from_folder.ok()) << from_folder.error().text();
    EXPECT_TRUE(open_weights(*from_folder->file("net")).ok());
    EXPECT_TRUE(from_folder->file("text/tokenizer").ok());
    EXPECT_EQ(installed_models(options.models).size(), 2u);
    EXPECT_FALSE(pull_folder((folder / "in/text").string(), "none", options).ok());
    EXPECT_EQ(pull_folder((folder / "in").string(), "../x", options).error().kind,
              base::ErrorKind::Usage);
    base::CancelToken stop;
    stop.cancel();
    options.hub.cancel = &stop;
    EXPECT_EQ(pull_model(model, options).error().kind, base::ErrorKind::Cancelled);
}

TEST(Store, FoldersThatAreNoModelsAreLeftOut) {
    const fs::path folder =
        fs::temp_directory_path() / ("aozora-store-" + std::to_string(getpid()));
    for (const char* id : {"a", "b", "c", ".pull-d"}) fs::create_directories(folder / id);
    std::ofstream(folder / "a/aozora-model.json") << R"({"files":[{"part":"all","path":"../x"}]})";
    std::ofstream(folder / "b/aozora-model.json") << "nonsense";
    std::ofstream(folder / ".pull-d/aozora-model.json") << R"({"files":[]})";
    EXPECT_TRUE(installed_models(folder.string()).empty());
    EXPECT_NE(find_installed(folder.string(), "c").error().text().find("aozora pull c"),
              std::string::npos);
    fs::remove_all(folder);
}

TEST(Catalogue, HoldsTogether) {
    for (const CatalogueModel& m : catalogue()) {
        EXPECT_TRUE(is_model_id(std::string(m.id)));
        EXPECT_EQ(find_in_catalogue(m.id), &m);
        EXPECT_LT(m.least_memory_bytes(), m.full_memory_bytes() + 1);
        EXPECT_GT(m.flop(), 0);
        EXPECT_TRUE(
            fs::exists(fs::path(AOZORA_SOURCE_DIR) / "docs/models" /
                       (m.is_built_in()           ? std::string("tiny.md")
                        : m.id.starts_with("ltx") ? std::string(m.id) + ".md"
                                                  : std::string(m.id.substr(0, 6)) + ".md")))
            << m.id;
    }
    // The cost model's own example: one forward of LTX at 3,120 tokens is about 90 TFLOP.
    EXPECT_NEAR(find_in_catalogue("ltx-2.5")->flop() / 8, 90e12, 5e12);
    EXPECT_EQ(find_in_catalogue("minimax-h3"), nullptr);
}

}  // namespace
}  // namespace neural
