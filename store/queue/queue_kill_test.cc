// Processes that hammer one database on a disk and are killed (SIGKILL) at any moment; PostgreSQL's
// server too. Whatever happens, every job ends once and is published once.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "base/core/random.h"
#include "store/queue/queue.h"
#include "store/sql/migrate.h"
#include "store/testing/fresh.h"

namespace store {
namespace {

using base::Status;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kWorkers = 3;

QueueOptions hasty() {
    QueueOptions options;
    options.lease_ms = 400;
    options.max_deaths = 1'000;
    options.backoff_first_ms = 10;
    options.backoff_most_ms = 50;
    return options;
}

// What a killed process runs: this program with AOZORA_TEST_DATABASE, see Worker below.
TEST(DISABLED_KillWorker, Runs) {
    const char* url = std::getenv("AOZORA_TEST_DATABASE");
    ASSERT_NE(url, nullptr) << "run QueueKill";
    auto db = Db::open(url);
    if (!db.ok()) return;
    Queue queue(**db, hasty());
    const std::string name = "node/" + std::to_string(getpid());
    while (true) {
        const auto lease = queue.claim(name, {});
        if (!lease.ok() || !lease->has_value()) {
            std::this_thread::sleep_for(milliseconds(5));
            continue;
        }
        (void)queue.heartbeat((*lease)->id, (*lease)->attempt, 50, "half");
        (void)(*db)->transaction([&](Tx& tx) -> Status {
            if (TRY(queue.finish(tx, (*lease)->id, (*lease)->attempt, JobState::Completed, "{}"))) {
                TRY(tx.execute("INSERT INTO published (job, attempt) VALUES (?, ?)",
                               {(*lease)->id, (*lease)->attempt}));
            }
            return {};
        });
    }
}

class Worker {
public:
    explicit Worker(const std::string& url) {
        // A new program: neither SQLite nor libpq may be carried across a fork.
        setenv("AOZORA_TEST_DATABASE", url.c_str(), 1);
        child_ = fork();
        if (child_ != 0) return;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        execl("/proc/self/exe", "store_tests", "--gtest_also_run_disabled_tests",
              "--gtest_filter=DISABLED_KillWorker.Runs", nullptr);
        _exit(127);
    }
    ~Worker() {
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
    }
    Worker(const Worker&) = delete;

private:
    pid_t child_;
};

// `crash` is called now and then; it may stop and start the database's server.
void hammer(const std::string& url, int jobs, int crashes, const std::function<void()>& crash) {
    auto opened = Db::open(url);
    ASSERT_TRUE(opened.ok()) << opened.error().text();
    Db& db = **opened;
    ASSERT_TRUE(migrate(db).ok());
    ASSERT_TRUE(db.write("CREATE TABLE published (job BIGINT, attempt BIGINT)").ok());
    Queue queue(db, hasty());
    ASSERT_TRUE(db.transaction([&](Tx& tx) -> Status {
                      for (int i = 0; i < jobs; ++i) {
                          TRY(queue.add(tx, {"film", i % 5, i % 2, "{}"}));
                      }
                      return {};
                  }).ok());
    base::Rng rng(1);
    std::vector<std::unique_ptr<Worker>> workers(kWorkers);
    for (auto& worker : workers) worker = std::make_unique<Worker>(url);
    const auto began = Clock::now();
    const auto limit = began + std::chrono::seconds(90);
    int kills = 0;
    Queue::Depth depth{jobs, 0, 0};
    int64_t ends = 0;
    while (ends < jobs) {
        ASSERT_LT(Clock::now(), limit) << depth.queued << " queued, " << depth.leased << " leased";
        std::this_thread::sleep_for(milliseconds(50 + rng.below(200)));
        auto& victim = workers[rng.below(kWorkers)];
        victim = std::make_unique<Worker>(url);
        if (++kills % 8 == 0 && crashes-- > 0) crash();
        (void)queue.reap({});
        if (const auto now = queue.depth(); now.ok()) depth = *now;
        const auto ended = db.read("SELECT COUNT(*) FROM jobs WHERE finished_ms > 0");
        if (ended.ok()) ends = (*ended)[0][0].integer();
    }
    workers.clear();
    std::printf("after %.1f s: ", std::chrono::duration<double>(Clock::now() - began).count());
    const auto states = db.read("SELECT COUNT(*) FROM jobs WHERE state = 'completed'");
    EXPECT_EQ((*states)[0][0].integer(), jobs);
    const auto published = db.read(
        "SELECT COUNT(*), COUNT(DISTINCT job), SUM(CASE WHEN p.attempt = j.attempt THEN 1 ELSE 0 "
        "END) "
        "FROM published p JOIN jobs j ON j.id = p.job");
    ASSERT_TRUE(published.ok());
    for (size_t i = 0; i < 3; ++i) EXPECT_EQ((*published)[0][i].integer(), jobs) << i;
    const auto attempts = db.read("SELECT SUM(attempt) FROM jobs");
    std::printf("%d kills, %d jobs, %d attempts\n", kills, jobs,
                static_cast<int>((*attempts)[0][0].integer()));
}

TEST(QueueKill, Sqlite) {
    const testing::TempFolder folder;
    hammer(folder.path() + "/kill.db", 150, 0, {});
    auto db = Db::open(folder.path() + "/kill.db");
    ASSERT_TRUE(db.ok());
    EXPECT_EQ((*(*db)->read("PRAGMA integrity_check"))[0][0].text(), "ok");
}

TEST(QueueKill, PostgresAndItsServer) {
    testing::Postgres server(true);
    if (!server.reason().empty()) GTEST_SKIP() << server.reason();
    hammer(server.fresh_database(), 60, 2, [&] {
        server.crash();
        EXPECT_TRUE(server.start());
    });
}

}  // namespace
}  // namespace store
