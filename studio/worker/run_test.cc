// The worker against a server of a few lines that keeps to docs/formats/job.md.
#include "studio/worker/run.h"

#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "base/net/test_server.h"
#include "media/atomic_file.h"
#include "studio/worker/sha256.h"
#include "studio/worker/test_job.h"

namespace studio {
namespace {

using base::Json;
using base::testing::TestServer;
using media::testing::Folder;

// Hands out its jobs one after the other and notes what it hears.
class Desk {
public:
    Desk() : server_([this](const std::string& request) { return answer(request); }) {}

    WorkerOptions options() {
        WorkerOptions options;
        options.client.server = server_.url("");
        options.client.token = "secret";
        options.client.worker = "test/1";
        options.client.retry_s = 5;
        options.work_dir = work_ / "";
        options.once = true;
        options.wait_s = 0;
        options.sandbox.program.clear();
        return options;
    }
    void add(const Json& payload) { waiting_.push_back(payload); }
    std::vector<std::string> ends() const {
        const std::lock_guard lock(mutex_);
        return ends_;
    }
    int progress_so_far() const {
        const std::lock_guard lock(mutex_);
        return progress.empty() ? 0 : *progress.rbegin();
    }
    bool has_checkpoint() const {
        const std::lock_guard lock(mutex_);
        return !checkpoint.is_null();
    }
    int files_left() const { return work_.entries(); }

    // What the test may wish.
    std::string state = "go";     // answer of heartbeats
    int state_from_progress = 0;  // from this percentage on; "go" before
    int broken_answers = 0;       // so many calls after the claim are cut off
    bool lost_at_complete = false;
    std::set<int> progress;
    std::map<std::string, std::string> outputs;
    Json completed, failed, claim;
    std::map<std::string, std::string> inputs, parts;
    Json checkpoint;
    std::set<int> frames_seen;
    int previews = 0;
    std::string last_preview;

private:
    std::string answer(const std::string& request) {
        const std::lock_guard lock(mutex_);
        const std::string method = request.substr(0, request.find(' '));
        const size_t at = method.size() + 1;
        const std::string path = request.substr(at, request.find(' ', at) - at);
        const std::string body = TestServer::body_of(request);
        if (request.find("Authorization: Bearer secret") == std::string::npos)
            return TestServer::answer(401, R"({"error":{"message":"no such token"}})");
        if (path == "/internal/v1/jobs/claim") {
            claim = Json::parse(body);
            if (waiting_.empty()) return TestServer::answer(204, "");
            Json listed = Json::array();
            for (const auto& [name, bytes] : inputs)
                listed.push_back({{"name", name}, {"sha256", ""}, {"bytes", bytes.size()}});
            Json names = Json::array();
            for (const auto& [name, bytes] : parts) names.push_back(name);
            const Json job = {{"id", 7},
                              {"attempt", 2},
                              {"kind", "film"},
                              {"payload", waiting_.front()},
                              {"checkpoint", checkpoint},
                              {"inputs", listed},
                              {"parts", names}};
            waiting_.pop_front();
            return TestServer::answer(
                200, Json({{"job", job}, {"lease_s", 60}, {"heartbeat_s", 10}}).dump());
        }
        if (broken_answers > 0) {
            --broken_answers;
            return "";
        }
        const std::string what = path.substr(std::string("/internal/v1/jobs/7/").size());
        if (what == "heartbeat") {
            const Json beat = Json::parse(body);
            EXPECT_EQ(beat.at("attempt"), 2);
            progress.insert(beat.at("progress").get<int>());
            frames_seen.insert(beat.at("frame").get<int>());
            if (beat.contains("checkpoint")) checkpoint = beat.at("checkpoint");
            const bool now = beat.at("progress") >= state_from_progress;
            return TestServer::answer(
                200, Json({{"state", now ? state : "go"}, {"lease_s", 60}}).dump());
        }
        if (what == "preview?attempt=2") {
            ++previews;
            last_preview = body;
            return TestServer::answer(204, "");
        }
        if (what.starts_with("inputs/")) {
            const std::string name = what.substr(7, what.find('?') - 7);
            return TestServer::answer(200, parts.count(name) ? parts.at(name) : inputs.at(name));
        }
        if (what.starts_with("parts/")) {
            parts[what.substr(6, what.find('?') - 6)] = body;
            return TestServer::answer(204, "");
        }
        if (what == "uploads") return TestServer::answer(200, R"({"upload":null,"url":null})");
        if (what.starts_with("outputs/")) {
            const std::string name = what.substr(8, what.find('?') - 8);
            outputs[name] = body;
            const std::string path_of = files_ / name;
            EXPECT_TRUE(media::write_file(path_of, body).ok());
            return TestServer::answer(
                200, Json({{"sha256", *sha256_of_file(path_of)}, {"bytes", body.size()}}).dump());
        }
        ends_.push_back(what);
        if (what == "complete") completed = Json::parse(body);
        if (what == "fail") failed = Json::parse(body);
        return TestServer::answer(what == "complete" && lost_at_complete ? 409 : 200, "{}");
    }

    mutable std::mutex mutex_;
    std::deque<Json> waiting_;
    std::vector<std::string> ends_;
    Folder work_, files_;
    TestServer server_;  // last: stops first
};

Json tiny(double seconds = 1) {
    FilmJob job = testing::tiny_job(Task::Create, "A red ball falls onto a wooden floor.");
    job.seconds = seconds;
    return to_json(job);
}

using Ends = std::vector<std::string>;

TEST(Worker, MakesUploadsAndCompletes) {
    Desk desk;
    desk.add(tiny(4));
    base::CancelToken stop;
    ASSERT_TRUE(run_worker(desk.options(), stop).ok());
    EXPECT_EQ(desk.ends(), Ends{"complete"});
    EXPECT_EQ(desk.claim.at("worker"), "test/1");
    EXPECT_EQ(desk.claim.at("can").at("engines"), Json({"world"}));
    for (const char* name :
         {"video", "thumbnail", "spritesheet", "record", "shots", "screenplay"}) {
        EXPECT_FALSE(desk.outputs[name].empty()) << name;
        EXPECT_EQ(desk.completed.at("outputs").at(name).get<std::string>().size(), 64u);
    }
    EXPECT_EQ(desk.completed.at("result").at("frames"), 96);
    EXPECT_GE(desk.progress.size(), 5u);
    EXPECT_GE(desk.previews, 1);
    EXPECT_EQ(desk.last_preview.substr(0, 2), "\xff\xd8");
    EXPECT_EQ(desk.files_left(), 0);
}

TEST(Worker, StopsWhenToldToCancel) {
    Desk desk;
    desk.state = "cancel";
    desk.state_from_progress = 15;
    desk.add(tiny(20));
    base::CancelToken stop;
    ASSERT_TRUE(run_worker(desk.options(), stop).ok());
    EXPECT_EQ(desk.ends(), Ends{"cancelled"});
    EXPECT_EQ(desk.files_left(), 0);
}

TEST(Worker, DropsAJobThatIsLost) {
    Desk desk;
    desk.state = "lost";
    desk.state_from_progress = 15;
    desk.add(tiny(20));
    base::CancelToken stop;
    ASSERT_TRUE(run_worker(desk.options(), stop).ok());
    EXPECT_EQ(desk.ends(), Ends{});
    EXPECT_EQ(desk.files_left(), 0);
}

TEST(Worker, IsContentWhenCompleteComesTooLate) {
    Desk desk;
    desk.lost_at_complete = true;
    desk.add(tiny(0.2));
    base::CancelToken stop;
    ASSERT_TRUE(run_worker(desk.options(), stop).ok());
    EXPECT_EQ(desk.ends(), Ends{"complete"});
}

TEST(Worker, ReleasesItsJobWhenItMustEnd) {
    Desk desk;
    desk.add(tiny(20));
    base::CancelToken stop;
    WorkerOptions options = desk.options();
    options.once = false;
    std::thread impatient([&] {
        while (desk.ends().empty() && desk.progress_so_far() < 15)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        stop.cancel();
    });
    ASSERT_TRUE(run_worker(options, stop).ok());
    impatient.join();
    EXPECT_EQ(desk.ends(), Ends{"release"});
    EXPECT_EQ(desk.files_left(), 0);
}

TEST(Worker, GoesOnWhereAnotherWorkerEnded) {
    Desk desk;
    Json payload = tiny(5);
    payload["fps"] = 8;
    desk.add(payload);
    base::CancelToken stop;
    std::thread impatient([&] {
        while (desk.ends().empty() && !desk.has_checkpoint())
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        stop.cancel();
    });
    ASSERT_TRUE(run_worker(desk.options(), stop).ok());
    impatient.join();
    ASSERT_EQ(desk.ends(), Ends{"release"});
    ASSERT_GE(desk.parts.size(), 1u);

    desk.add(payload);
    desk.frames_seen.clear();
    base::CancelToken never;
    ASSERT_TRUE(run_worker(desk.options(), never).ok());
    EXPECT_EQ(desk.ends(), (Ends{"release", "complete"}));
    EXPECT_EQ(desk.completed.at("result").at("frames"), 40);
    desk.frames_seen.erase(0);  // of the stages before
    EXPECT_GT(*desk.frames_seen.begin(), 16);
}

TEST(Worker, TriesAgainWhenTheConnectionBreaks) {
    Desk desk;
    desk.broken_answers = 3;
    desk.add(tiny(0.2));
    base::CancelToken stop;
    ASSERT_TRUE(run_worker(desk.options(), stop).ok());
    EXPECT_EQ(desk.ends(), Ends{"complete"});
}

TEST(Worker, TellsPermanentFailuresFromOthers) {
    for (const auto& [change, code] : std::vector<std::pair<Json, std::string>>{
             {{{"prompt", "   "}}, "invalid_prompt"},
             {{{"seconds", 500}}, "too_long"},
             {{{"engine", "neural"}}, "unsupported"},
             {{{"task", "remix"}, {"source", "source"}}, "invalid_video"}}) {
        Desk desk;
        Json payload = tiny();
        payload.update(change);
        desk.inputs["source"] = "This is a text, whatever its name says.";
        desk.add(payload);
        base::CancelToken stop;
        ASSERT_TRUE(run_worker(desk.options(), stop).ok());
        EXPECT_EQ(desk.ends(), Ends{"fail"});
        EXPECT_EQ(desk.failed.at("class"), "permanent") << desk.failed.dump();
        EXPECT_EQ(desk.failed.at("code"), code);
        EXPECT_FALSE(desk.failed.at("message").get<std::string>().empty());
    }
    Desk desk;  // an input that did not come along may come next time
    Json payload = tiny();
    payload.update({{"task", "remix"}, {"source", "source"}});
    desk.add(payload);
    base::CancelToken stop;
    ASSERT_TRUE(run_worker(desk.options(), stop).ok());
    EXPECT_EQ(desk.failed.at("class"), "retryable");
}

TEST(Worker, EndsWhenItsTokenIsNotKnown) {
    Desk desk;
    WorkerOptions options = desk.options();
    options.client.token = "guess";
    options.once = false;
    base::CancelToken stop;
    const auto done = run_worker(options, stop);
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().kind, base::ErrorKind::Usage);
    EXPECT_EQ(done.error().text().find("guess"), std::string::npos);
}

TEST(Worker, RemovesWhatDeadWorkersLeftAndNothingElse) {
    Desk desk;
    Folder shared;
    std::filesystem::create_directories(shared / "aozora-work-dead01/job-1-1");
    std::ofstream(shared / "aozora-work-dead01/lock");
    std::filesystem::create_directories(shared / "somebody-else");
    WorkerOptions options = desk.options();
    options.work_dir = shared / "";
    base::CancelToken stop;
    ASSERT_TRUE(run_worker(options, stop).ok());
    EXPECT_FALSE(std::filesystem::exists(shared / "aozora-work-dead01"));
    EXPECT_TRUE(std::filesystem::exists(shared / "somebody-else"));
}

}  // namespace
}  // namespace studio
