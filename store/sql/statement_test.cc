#include "store/sql/statement.h"

#include <gtest/gtest.h>

namespace store {
namespace {

TEST(Statement, ParametersAreNumbered) {
    const auto lite = translate("SELECT ?, ? {lock}", Engine::Sqlite, true);
    EXPECT_EQ(lite->sql, "SELECT ?1, ?2 ");
    const auto big = translate("SELECT ?, ? {lock}", Engine::Postgres, false);
    EXPECT_EQ(big->sql, "SELECT $1, $2 FOR UPDATE");
    EXPECT_EQ(big->arguments, 2);
}

TEST(Statement, QuotesAndCommentsAreLeftAlone) {
    const std::string sql = "SELECT '?{now}''?' AS \"a?\", /* ? { */ 1 -- what? {x\n";
    for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
        const auto out = translate(sql, engine, true);
        ASSERT_TRUE(out.ok());
        EXPECT_EQ(out->sql, sql);
        EXPECT_EQ(out->arguments, 0);
    }
}

TEST(Statement, TheClockIsAParameterThatTheCallerDoesNotGive) {
    const auto out = translate("UPDATE t SET a = {now} + ?, b = {now}", Engine::Postgres, true);
    EXPECT_EQ(out->sql, "UPDATE t SET a = $1 + $2, b = $3");
    EXPECT_EQ(out->arguments, 1);
    EXPECT_EQ(out->sources, (std::vector<int>{Statement::kClock, 0, Statement::kClock}));
}

TEST(Statement, MistakesAreErrors) {
    for (const char* wrong : {"SELECT {later}", "SELECT {now", "SELECT 'a", "SELECT /* a"}) {
        EXPECT_FALSE(translate(wrong, Engine::Sqlite, true).ok()) << wrong;
    }
}

TEST(Statement, FilesAreSplitAtLineEnds) {
    const auto parts = split_statements(
        "-- a; comment;\nCREATE TABLE a (x TEXT DEFAULT 'b;\n'); -- and so on\n\n;\n"
        "INSERT INTO a VALUES (';');\nSELECT 1; SELECT 2");
    ASSERT_TRUE(parts.ok());
    ASSERT_EQ(parts->size(), 3u);
    EXPECT_EQ((*parts)[0], "CREATE TABLE a (x TEXT DEFAULT 'b;\n')");
    EXPECT_EQ((*parts)[1], "INSERT INTO a VALUES (';')");
    EXPECT_EQ((*parts)[2], "SELECT 1; SELECT 2");
}

TEST(Statement, ArgumentsAreCounted) {
    const auto out = translate("SELECT ?", Engine::Sqlite, true);
    EXPECT_TRUE(check_arguments(*out, "", {1}).ok());
    EXPECT_FALSE(check_arguments(*out, "", {}).ok());
    EXPECT_FALSE(check_arguments(*out, "", {1, 2}).ok());
}

}  // namespace
}  // namespace store
