// The same test on both engines, each time on an empty database:
//
//   class MyTest : public store::testing::OnBothEngines {};
//   TEST_P(MyTest, Keeps) { auto db = open(); ... }
//   AOZORA_BOTH_ENGINES(MyTest);
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "store/sql/db.h"
#include "store/testing/postgres.h"

namespace store::testing {

class TempFolder {
public:
    TempFolder() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "aozora-test-XXXXXX").string();
        CHECK(mkdtemp(pattern.data()), "a temporary folder");
        path_ = pattern;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

class OnBothEngines : public ::testing::TestWithParam<Engine> {
protected:
    void SetUp() override {
        if (GetParam() == Engine::Sqlite) {
            url_ = "sqlite:" + folder_.path() + "/test.db";
        } else {
            Postgres& server = Postgres::shared();
            if (!server.reason().empty()) GTEST_SKIP() << server.reason();
            url_ = server.fresh_database();
        }
    }
    // The database of this test; every call is another Db on it.
    std::unique_ptr<Db> open(const DbOptions& options = {}) const {
        auto db = Db::open(url_, options);
        CHECK(db.ok(), db.ok() ? "" : db.error().text());
        return std::move(*db);
    }
    const std::string& url() const { return url_; }
    const std::string& folder() const { return folder_.path(); }

private:
    TempFolder folder_;
    std::string url_;
};

}  // namespace store::testing

#define AOZORA_BOTH_ENGINES(suite)                                                         \
    INSTANTIATE_TEST_SUITE_P(                                                              \
        Engines, suite, ::testing::Values(store::Engine::Sqlite, store::Engine::Postgres), \
        [](const auto& engine) {                                                           \
            return engine.param == store::Engine::Sqlite ? "Sqlite" : "Postgres";          \
        })
