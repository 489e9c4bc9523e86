#include "store/sql/migrate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "store/testing/fresh.h"

namespace store {
namespace {

class MigrateTest : public testing::OnBothEngines {};

std::vector<Migration> two() {
    return {{1, "0001_a", "CREATE TABLE a (x BIGINT);\nINSERT INTO a VALUES (1);\n"},
            {2, "0002_b", "ALTER TABLE a ADD COLUMN y TEXT NOT NULL DEFAULT 'new';"}};
}

TEST_P(MigrateTest, OurOwnApplyOnceFromEveryOlderState) {
    const auto& all = all_migrations();
    ASSERT_FALSE(all.empty());
    auto db = open();
    for (size_t count = 1; count <= all.size(); ++count) {
        const std::vector<Migration> some(all.begin(),
                                          all.begin() + static_cast<std::ptrdiff_t>(count));
        const auto applied = migrate(*db, some);
        ASSERT_TRUE(applied.ok()) << applied.error().text();
        EXPECT_EQ(*applied, 1);
    }
    EXPECT_EQ(*migrate(*db), 0);
}

TEST_P(MigrateTest, UpgradesKeepTheData) {
    auto db = open();
    auto first = two();
    first.pop_back();
    EXPECT_EQ(*migrate(*db, first), 1);
    EXPECT_EQ(*migrate(*db, two()), 1);
    const auto rows = db->read("SELECT x, y FROM a");
    EXPECT_EQ((*rows)[0][0].integer(), 1);
    EXPECT_EQ((*rows)[0][1].text(), "new");
}

TEST_P(MigrateTest, NewerChangedAndSkippedAreRefused) {
    auto db = open();
    EXPECT_EQ(*migrate(*db, two()), 2);
    auto older = two();
    older.pop_back();
    const auto newer = migrate(*db, older);
    ASSERT_FALSE(newer.ok());
    EXPECT_NE(newer.error().message.find("newer Aozora"), std::string::npos);

    auto changed = two();
    changed[0].sql += "-- typo\n";
    const auto refused = migrate(*db, changed);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message.find("was changed"), std::string::npos);

    std::vector<Migration> late = two();
    late[1].number = 3;
    late.insert(late.begin() + 1, {2, "0002_late", "CREATE TABLE late (x BIGINT);"});
    EXPECT_FALSE(migrate(*db, late).ok());
}

TEST_P(MigrateTest, AFailedOneLeavesNothingBehind) {
    auto db = open();
    auto wrong = two();
    wrong[1].sql = "CREATE TABLE b (x BIGINT);\nINSERT INTO nowhere VALUES (1);\n";
    const auto failed = migrate(*db, wrong);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().where, "migration 0002_b");
    EXPECT_FALSE(db->read("SELECT x FROM b").ok());
    EXPECT_EQ(*migrate(*db, two()), 1);
}

TEST_P(MigrateTest, ManyServersAtOnce) {
    std::atomic<int> applied{0}, failures{0};
    std::vector<std::thread> servers;
    for (int i = 0; i < 6; ++i) {
        servers.emplace_back([&] {
            auto db = open();
            const auto count = migrate(*db, two());
            if (count.ok()) {
                applied += *count;
            } else {
                ++failures;
            }
        });
    }
    for (auto& server : servers) server.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(applied, 2);
}

AOZORA_BOTH_ENGINES(MigrateTest);

}  // namespace
}  // namespace store
