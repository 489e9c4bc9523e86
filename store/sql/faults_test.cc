// Full disks, servers that die, logs that grow.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/sql/db.h"
#include "store/testing/fresh.h"

namespace store {
namespace {

namespace fs = std::filesystem;
using base::Status;

// A small file system of its own, where this is allowed.
class SmallDisk {
public:
    explicit SmallDisk(const char* size) {
        const std::string options = std::string("size=") + size;
        mounted_ = mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, options.c_str()) == 0;
    }
    ~SmallDisk() {
        if (mounted_) umount2(folder_.path().c_str(), MNT_DETACH);
    }
    bool mounted() const { return mounted_; }
    const std::string& path() const { return folder_.path(); }

private:
    testing::TempFolder folder_;
    bool mounted_ = false;
};

int64_t count(Db& db) {
    const auto rows = db.read("SELECT COUNT(*) FROM t");
    return rows.ok() ? (*rows)[0][0].integer() : -1;
}

TEST(FullDisk, NothingIsLostAndAllGoesOnWhenThereIsRoom) {
    SmallDisk disk("3m");
    if (!disk.mounted()) GTEST_SKIP() << "may not mount a small file system here";
    auto db = Db::open(disk.path() + "/a.db").value();
    ASSERT_TRUE(db->write("CREATE TABLE t (a TEXT)").ok());
    const std::string ballast = disk.path() + "/ballast";
    std::ofstream(ballast) << std::string(1 << 20, 'x');
    std::atomic<int64_t> written{0};
    std::atomic<int> refused{0}, other{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 100 && refused < 12; ++i) {
                const auto result =
                    db->write("INSERT INTO t VALUES (?)", {std::string(20'000, 'a')});
                if (result.ok()) {
                    ++written;
                } else if (result.error().message.find("disk is full") != std::string::npos) {
                    ++refused;
                } else {
                    ++other;
                    ADD_FAILURE() << result.error().text();
                }
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_GT(refused, 0);
    EXPECT_EQ(count(*db), written);
    fs::remove(ballast);
    EXPECT_TRUE(db->write("INSERT INTO t VALUES ('after')").ok());
    EXPECT_EQ(count(*db), written + 1);
    EXPECT_EQ((*db->read("PRAGMA integrity_check"))[0][0].text(), "ok");
    db.reset();
    db = Db::open(disk.path() + "/a.db").value();
    EXPECT_EQ(count(*db), written + 1);
}

TEST(FullDatabase, OneThatIsTooLargeDoesNotTakeTheOthersWithIt) {
    const testing::TempFolder folder;
    auto db = Db::open(folder.path() + "/a.db").value();
    ASSERT_TRUE(db->write("CREATE TABLE t (a TEXT)").ok());
    ASSERT_TRUE(db->write("PRAGMA max_page_count = 60").ok());
    std::atomic<int> small{0}, large{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 5; ++i) {
                const auto size = static_cast<size_t>(t == 0 ? 600'000 : 100);
                const auto result = db->write("INSERT INTO t VALUES (?)", {std::string(size, 'a')});
                if (t == 0 && !result.ok()) ++large;
                if (t != 0 && result.ok()) ++small;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(large, 5);
    EXPECT_EQ(small, 25);
    EXPECT_EQ(count(*db), 25);
}

TEST(SqliteLog, DoesNotGrowForEver) {
    const testing::TempFolder folder;
    auto db = Db::open(folder.path() + "/a.db").value();
    ASSERT_TRUE(db->write("CREATE TABLE t (a TEXT)").ok());
    for (int i = 0; i < 80; ++i) {
        ASSERT_TRUE(db->write("INSERT INTO t VALUES (?)", {std::string(250'000, 'a')}).ok());
        EXPECT_EQ(count(*db), i + 1);
    }
    EXPECT_LT(fs::file_size(folder.path() + "/a.db-wal"), 8u << 20);
}

class PostgresFaults : public ::testing::Test {
protected:
    static testing::Postgres& server() {
        static testing::Postgres own(false);
        return own;
    }
    void SetUp() override {
        if (!server().reason().empty()) GTEST_SKIP() << server().reason();
        db_ = Db::open(server().fresh_database()).value();
        ASSERT_TRUE(db_->write("CREATE TABLE t (a TEXT)").ok());
    }
    static void restart() {
        server().crash();
        ASSERT_TRUE(server().start());
    }
    std::unique_ptr<Db> db_;
};

TEST_F(PostgresFaults, TheServerIsBackAndSoAreWe) {
    std::atomic<int> calls{0};
    const auto handle = db_->listen("jobs", [&](const std::string&) { ++calls; });
    for (int i = 0; i < 2; ++i) {
        i == 0 ? server().crash() : server().stop();
        ASSERT_TRUE(server().start());
        const int before = calls;
        EXPECT_EQ(count(*db_), i);
        EXPECT_TRUE(db_->write("INSERT INTO t VALUES ('x')").ok());
        for (int tries = 0; tries < 200 && calls == before; ++tries) {
            db_->wake("jobs", "");
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        EXPECT_GT(calls, before);
    }
}

TEST_F(PostgresFaults, ATransactionThatWasCutOffIsRunAgain) {
    int runs = 0;
    const Status status = db_->transaction([&](Tx& tx) -> Status {
        TRY(tx.execute("INSERT INTO t VALUES ('x')"));
        if (++runs == 1) restart();
        TRY(tx.execute("INSERT INTO t VALUES ('y')"));
        return {};
    });
    EXPECT_TRUE(status.ok()) << status.error().text();
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(count(*db_), 2);
}

TEST_F(PostgresFaults, ALostCommitIsNeverTriedAgain) {
    int runs = 0;
    const Status status = db_->transaction([&](Tx& tx) -> Status {
        TRY(tx.execute("INSERT INTO t VALUES ('x')"));
        ++runs;
        restart();
        return {};
    });
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().message.find("unknown"), std::string::npos) << status.error().text();
    EXPECT_EQ(runs, 1);
}

TEST_F(PostgresFaults, DeadlocksAreRunAgain) {
    ASSERT_TRUE(db_->write("INSERT INTO t VALUES ('a'), ('b')").ok());
    std::atomic<int> runs{0}, failures{0}, first{0};
    const auto lock_both = [&](const char* one, const char* other) {
        const Status status = db_->transaction([&](Tx& tx) -> Status {
            ++runs;
            TRY(tx.query("SELECT a FROM t WHERE a = ? {lock}", {one}));
            ++first;
            for (int i = 0; i < 1000 && first < 2; ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
            TRY(tx.query("SELECT a FROM t WHERE a = ? {lock}", {other}));
            return {};
        });
        if (!status.ok()) ++failures;
    };
    std::thread one(lock_both, "a", "b"), other(lock_both, "b", "a");
    one.join();
    other.join();
    EXPECT_EQ(failures, 0);
    EXPECT_GE(runs, 3);
}

}  // namespace
}  // namespace store
