#include "store/sql/db.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>

#include "store/testing/fresh.h"

namespace store {
namespace {

using base::Status;

class DbTest : public testing::OnBothEngines {
protected:
    std::unique_ptr<Db> with_table() {
        auto db = open();
        CHECK(
            db->write("CREATE TABLE t (id {identity}, a BIGINT, b TEXT, c DOUBLE PRECISION)").ok(),
            "");
        return db;
    }
};

TEST_P(DbTest, ValuesComeBackAsTheyWere) {
    auto db = with_table();
    const std::string text = "Grüße, „Welt“ \U0001F30D\n'; DROP TABLE t; --";
    for (const int64_t whole : {int64_t{0}, INT64_MIN, INT64_MAX, int64_t{-1}}) {
        const auto rows = db->write("INSERT INTO t (a, b, c) VALUES (?, ?, ?) RETURNING a, b, c",
                                    {whole, text, 0.1});
        ASSERT_TRUE(rows.ok()) << rows.error().text();
        EXPECT_EQ((*rows)[0][0].integer(), whole);
        EXPECT_EQ((*rows)[0][1].text(), text);
        EXPECT_EQ((*rows)[0][2].real(), 0.1);
    }
    const auto none = db->write("INSERT INTO t (a, b, c) VALUES (?, ?, ?) RETURNING a, b, c",
                                {nullptr, std::optional<std::string>(), nullptr});
    ASSERT_TRUE(none.ok()) << none.error().text();
    for (const Value& value : (*none)[0]) EXPECT_TRUE(value.is_null());
    const auto counted = db->read(
        "SELECT COUNT(*), SUM(a), MAX(b), MAX(c) FROM t WHERE a > ? AND a < 1", {INT64_MIN});
    ASSERT_TRUE(counted.ok()) << counted.error().text();
    EXPECT_EQ((*counted)[0][0].integer(), 2);
    EXPECT_EQ((*counted)[0][1].integer(), -1);
    EXPECT_EQ((*counted)[0][2].text(), text);
    EXPECT_EQ((*counted)[0][3].real(), 0.1);
    const auto empty = db->read("SELECT SUM(a) FROM t WHERE a = 5");
    EXPECT_TRUE((*empty)[0][0].is_null());
}

TEST_P(DbTest, TextThatOneEngineCannotHoldIsRefusedByBoth) {
    auto db = with_table();
    for (const std::string& wrong : {std::string("a\0b", 3), std::string("\xff\xfe"),
                                     std::string("\xed\xa0\x80"), std::string("\xc3")}) {
        const auto rows = db->write("INSERT INTO t (b) VALUES (?)", {wrong});
        ASSERT_FALSE(rows.ok());
        EXPECT_EQ(rows.error().kind, base::ErrorKind::Usage);
    }
    EXPECT_FALSE(
        db->write("INSERT INTO t (c) VALUES (?)", {std::numeric_limits<double>::quiet_NaN()}).ok());
    EXPECT_EQ((*db->read("SELECT COUNT(*) FROM t"))[0][0].integer(), 0);
}

TEST_P(DbTest, IdentitiesAreNeverGivenTwice) {
    auto db = with_table();
    int64_t last = 0;
    for (int i = 0; i < 3; ++i) {
        const auto rows = db->write("INSERT INTO t (a) VALUES (1) RETURNING id");
        ASSERT_TRUE(rows.ok());
        EXPECT_GT((*rows)[0][0].integer(), last);
        last = (*rows)[0][0].integer();
        ASSERT_TRUE(db->write("DELETE FROM t").ok());
    }
}

TEST_P(DbTest, AnErrorRollsBack) {
    auto db = with_table();
    bool after = false;
    const Status status = db->transaction([&](Tx& tx) -> Status {
        TRY(tx.execute("INSERT INTO t (a) VALUES (1)"));
        tx.after_commit([&] { after = true; });
        return base::usage_error("no");
    });
    EXPECT_EQ(status.error().message, "no");
    EXPECT_FALSE(after);
    EXPECT_EQ((*db->read("SELECT COUNT(*) FROM t"))[0][0].integer(), 0);
}

TEST_P(DbTest, AFailedStatementDoomsItsTransaction) {
    auto db = with_table();
    const Status status = db->transaction([&](Tx& tx) -> Status {
        TRY(tx.execute("INSERT INTO t (a) VALUES (1)"));
        EXPECT_FALSE(tx.execute("INSERT INTO nowhere VALUES (1)").ok());
        return {};  // swallows it
    });
    EXPECT_FALSE(status.ok());
    EXPECT_NE(status.error().message.find("nowhere"), std::string::npos) << status.error().text();
    EXPECT_EQ((*db->read("SELECT COUNT(*) FROM t"))[0][0].integer(), 0);
    EXPECT_TRUE(db->write("INSERT INTO t (a) VALUES (1)").ok());
}

TEST_P(DbTest, AnExceptionRollsBackAndTheDatabaseGoesOn) {
    auto db = with_table();
    EXPECT_THROW((void)db->transaction([&](Tx& tx) -> Status {
        TRY(tx.execute("INSERT INTO t (a) VALUES (1)"));
        throw std::bad_alloc();
    }),
                 std::bad_alloc);
    EXPECT_EQ((*db->read("SELECT COUNT(*) FROM t"))[0][0].integer(), 0);
    EXPECT_TRUE(db->write("INSERT INTO t (a) VALUES (1)").ok());
}

TEST_P(DbTest, TouchedRowsAreCounted) {
    auto db = with_table();
    ASSERT_TRUE(db->transaction([&](Tx& tx) -> Status {
                      for (int i = 0; i < 4; ++i)
                          TRY(tx.execute("INSERT INTO t (a) VALUES (?)", {i}));
                      EXPECT_EQ(TRY(tx.execute("UPDATE t SET b = 'x' WHERE a >= ?", {2})), 2);
                      EXPECT_EQ(TRY(tx.execute("UPDATE t SET b = 'x' WHERE a > ?", {9})), 0);
                      EXPECT_EQ(TRY(tx.execute("DELETE FROM t WHERE a < ?", {9})), 4);
                      return {};
                  }).ok());
}

TEST_P(DbTest, ReadCannotWrite) {
    auto db = with_table();
    EXPECT_FALSE(db->read("INSERT INTO t (a) VALUES (1)").ok());
    EXPECT_FALSE(db->read("DELETE FROM t").ok());
}

TEST_P(DbTest, AfterCommitRunsInOrderAndMayUseTheDatabase) {
    auto db = with_table();
    std::string order;
    ASSERT_TRUE(db->transaction([&](Tx& tx) -> Status {
                      TRY(tx.execute("INSERT INTO t (a) VALUES (1)"));
                      tx.after_commit([&] {
                          order += "a";
                          EXPECT_EQ((*db->read("SELECT COUNT(*) FROM t"))[0][0].integer(), 1);
                          EXPECT_TRUE(db->write("INSERT INTO t (a) VALUES (2)").ok());
                      });
                      tx.after_commit([&] { order += "b"; });
                      return {};
                  }).ok());
    EXPECT_EQ(order, "ab");
}

TEST_P(DbTest, TheClockIsTheDatabasesOrTheTests) {
    auto real = open();
    const int64_t before = *real->now_ms();
    EXPECT_GT(before, 1'600'000'000'000);
    const auto rows = real->read("SELECT {now} - ?", {before});
    EXPECT_GE((*rows)[0][0].integer(), 0);
    EXPECT_LT((*rows)[0][0].integer(), 60'000);

    int64_t now = 5;
    DbOptions options;
    options.clock = [&] { return now; };
    auto tested = open(options);
    EXPECT_EQ(*tested->now_ms(), 5);
    now = 7;
    EXPECT_EQ((*tested->read("SELECT {now} + ?", {1}))[0][0].integer(), 8);
}

// Each thread reads a number and writes it plus one; nothing is lost where it is locked.
TEST_P(DbTest, ManyThreadsOneCounter) {
    auto db = with_table();
    ASSERT_TRUE(db->write("INSERT INTO t (a) VALUES (0)").ok());
    constexpr int kThreads = 8, kTimes = 25;
    std::atomic<int> failures{0}, committed{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kTimes; ++i) {
                const bool give_up = (i + t) % 5 == 0;
                const Status status = db->transaction([&](Tx& tx) -> Status {
                    const Rows rows = TRY(tx.query("SELECT a FROM t {lock}"));
                    TRY(tx.execute("UPDATE t SET a = ?", {rows[0][0].integer() + 1}));
                    tx.after_commit([&] { ++committed; });
                    if (give_up) return base::failed("given up");
                    return {};
                });
                if (status.ok() == give_up) ++failures;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(committed, kThreads * kTimes * 4 / 5);
    EXPECT_EQ((*db->read("SELECT a FROM t"))[0][0].integer(), committed);
}

TEST_P(DbTest, TwoServersOnOneDatabase) {
    auto one = with_table();
    auto two = open();
    std::vector<std::thread> threads;
    std::atomic<int> failures{0};
    for (Db* db : {one.get(), two.get()}) {
        threads.emplace_back([&failures, db] {
            for (int i = 0; i < 40; ++i) {
                if (!db->write("INSERT INTO t (a) VALUES (1)").ok()) ++failures;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ((*one->read("SELECT COUNT(*) FROM t"))[0][0].integer(), 80);
}

TEST_P(DbTest, WakesAreHeardUntilTheHandleDies) {
    auto db = open();
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> heard;
    const auto hear = [&](const std::string& message) {
        const std::lock_guard lock(mutex);
        heard.push_back(message);
        changed.notify_all();
    };
    const auto wait_for = [&](size_t count) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(10),
                                [&] { return heard.size() >= count; });
    };
    auto handle = db->listen("jobs", hear);
    std::vector<std::string> other;
    auto other_handle = db->listen("Other \"channel\"", [&](const std::string& message) {
        const std::lock_guard lock(mutex);
        other.push_back(message);
        changed.notify_all();
    });
    db->wake("jobs", "one");
    db->wake("jobs", "two");
    ASSERT_TRUE(wait_for(2));
    EXPECT_EQ(heard, (std::vector<std::string>{"one", "two"}));
    handle.reset();
    db->wake("jobs", "three");
    db->wake("Other \"channel\"", "four");
    std::unique_lock lock(mutex);
    ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds(10), [&] { return !other.empty(); }));
    EXPECT_EQ(other[0], "four");
    EXPECT_EQ(heard.size(), 2u);
}

TEST_P(DbTest, AListenerMayEndItself) {
    auto db = open();
    std::atomic<int> calls{0};
    std::mutex mutex;
    std::shared_ptr<void> handle;
    {
        const std::lock_guard lock(mutex);
        handle = db->listen("x", [&](const std::string&) {
            ++calls;
            const std::lock_guard inner(mutex);
            handle.reset();
        });
    }
    for (int i = 0; i < 200 && calls == 0; ++i) {
        db->wake("x", "go");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    db->wake("x", "again");
    EXPECT_EQ(calls, 1);
    const std::lock_guard lock(mutex);
    EXPECT_EQ(handle, nullptr);
}

TEST_P(DbTest, BackupsAreOfOneMoment) {
    auto db = with_table();
    // Both rows always hold the same number.
    ASSERT_TRUE(db->write("INSERT INTO t (a) VALUES (0), (0)").ok());
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        for (int i = 1; !stop; ++i) {
            (void)db->transaction([&](Tx& tx) -> Status {
                for (const Row& row : TRY(tx.query("SELECT id FROM t"))) {
                    TRY(tx.execute("UPDATE t SET a = ? WHERE id = ?", {i, row[0].integer()}));
                }
                return {};
            });
        }
    });
    const std::string path = folder() + "/backup";
    const Status status = db->backup(path);
    stop = true;
    writer.join();
    ASSERT_TRUE(status.ok()) << status.error().text();
    EXPECT_GT(std::filesystem::file_size(path), 0u);
    EXPECT_FALSE(std::filesystem::exists(path + ".part"));
    if (GetParam() == Engine::Sqlite) {
        auto copy = Db::open(path);
        ASSERT_TRUE(copy.ok());
        const auto rows = (*copy)->read("SELECT MIN(a), MAX(a), COUNT(*) FROM t");
        EXPECT_EQ((*rows)[0][0].integer(), (*rows)[0][1].integer());
        EXPECT_EQ((*rows)[0][2].integer(), 2);
    }
    EXPECT_FALSE(db->backup(folder() + "/no/such/folder/backup").ok());
}

AOZORA_BOTH_ENGINES(DbTest);

TEST(DbOpen, ErrorsSayWhatIsWrongAndHideSecrets) {
    EXPECT_FALSE(Db::open("").ok());
    EXPECT_FALSE(Db::open("mysql://root:geheim@host/x").ok());
    EXPECT_FALSE(Db::open("/no/such/folder/x.db").ok());
    DbOptions impatient;
    impatient.patience_s = 0.1;
    const auto refused = Db::open("postgres://me:geheim@127.0.0.1:1/films", impatient);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().text().find("geheim"), std::string::npos);
    EXPECT_NE(refused.error().text().find("127.0.0.1:1/films"), std::string::npos);
}

TEST(DbOpen, AFileThatIsNoDatabaseIsLeftAlone) {
    const testing::TempFolder folder;
    const std::string path = folder.path() + "/letter.txt";
    std::ofstream(path) << std::string(5000, 'x');
    const auto db = Db::open(path);
    ASSERT_FALSE(db.ok());
    EXPECT_NE(db.error().message.find("not a database"), std::string::npos) << db.error().text();
    EXPECT_EQ(std::filesystem::file_size(path), 5000u);
}

TEST(DbOpen, OnlyTheOwnerMayReadTheFile) {
    const testing::TempFolder folder;
    auto db = Db::open(folder.path() + "/a.db");
    ASSERT_TRUE(db.ok());
    ASSERT_TRUE((*db)->write("CREATE TABLE t (a BIGINT)").ok());
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        EXPECT_EQ(entry.status().permissions() & std::filesystem::perms(077),
                  std::filesystem::perms::none)
            << entry.path();
    }
}

}  // namespace
}  // namespace store
