#include "store/blobs/blobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "store/sql/migrate.h"
#include "store/testing/fresh.h"

namespace store {
namespace {

namespace fs = std::filesystem;
using base::Status;

constexpr int64_t kMost = 1 << 20;
const std::string kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::unique_ptr<BlobStore> directory(const std::string& path) {
    auto store = BlobStore::open("dir:" + path);
    CHECK(store.ok(), "a folder");
    return std::move(*store);
}

// As if it had been put `seconds` ago.
void age(const std::string& path, int seconds) {
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::seconds(seconds));
}

TEST(BlobDirectory, PutsAndReads) {
    const testing::TempFolder folder;
    auto blobs = directory(folder.path() + "/a/b");
    const auto blob = blobs->put_bytes("abc");
    ASSERT_TRUE(blob.ok()) << blob.error().text();
    EXPECT_EQ(blob->sha256, kAbc);
    EXPECT_EQ(blob->bytes, 3);
    EXPECT_EQ(*blobs->local_path(kAbc), folder.path() + "/a/b/ba/78/" + kAbc);
    EXPECT_TRUE(*blobs->exists(kAbc));
    EXPECT_EQ(**blobs->size(kAbc), 3);
    EXPECT_EQ(*blobs->read(kAbc, {}, kMost), "abc");
    EXPECT_EQ(*blobs->read(kAbc, {1, 1}, kMost), "b");
    EXPECT_EQ(*blobs->read(kAbc, {1, 100}, kMost), "bc");
    EXPECT_EQ(*blobs->read(kAbc, {3, -1}, kMost), "");
    EXPECT_FALSE(blobs->read(kAbc, {4, -1}, kMost).ok());
    EXPECT_FALSE(blobs->read(kAbc, {-1, 1}, kMost).ok());
    EXPECT_FALSE(blobs->read(kAbc, {}, 2).ok());
    EXPECT_TRUE(fs::is_empty(blobs->incoming_dir()));
    EXPECT_GT(*blobs->free_bytes(), 0);
    EXPECT_FALSE(blobs->presigned_get(kAbc, 60, "").has_value());
    EXPECT_FALSE(blobs->presigned_put("a", 1, 60).has_value());
    EXPECT_FALSE(*blobs->take_upload("a", {kAbc, 3}));
    ASSERT_TRUE(blobs->remove(kAbc).ok());
    ASSERT_TRUE(blobs->remove(kAbc).ok());
    EXPECT_FALSE(*blobs->exists(kAbc));
    EXPECT_FALSE(blobs->size(kAbc)->has_value());
    EXPECT_EQ(blobs->read(kAbc, {}, kMost).error().kind, base::ErrorKind::NotFound);
}

TEST(BlobDirectory, TakesFilesAndForgetsThem) {
    const testing::TempFolder folder;
    auto blobs = directory(folder.path());
    for (const std::string& given : {std::string(), kAbc}) {
        const std::string path = blobs->incoming_dir() + "/upload";
        std::ofstream(path) << "abc";
        EXPECT_EQ(blobs->put_file(path, given)->sha256, kAbc);
        EXPECT_FALSE(fs::exists(path));
    }
    const std::string wrong = blobs->incoming_dir() + "/upload";
    std::ofstream(wrong) << "abc";
    EXPECT_FALSE(blobs->put_file(wrong, "../../etc/passwd").ok());
    EXPECT_FALSE(fs::exists(wrong));
    EXPECT_FALSE(blobs->put_file(folder.path() + "/none").ok());
}

TEST(BlobDirectory, NamesCannotLeaveTheFolder) {
    const testing::TempFolder folder;
    auto blobs = directory(folder.path());
    for (const std::string& name : {std::string("../x"), std::string(64, '.'), std::string(63, 'a'),
                                    std::string(64, 'A'), std::string()}) {
        EXPECT_EQ(blobs->read(name, {}, kMost).error().kind, base::ErrorKind::Usage);
        EXPECT_FALSE(blobs->exists(name).ok());
        EXPECT_FALSE(blobs->remove(name).ok());
        EXPECT_FALSE(blobs->local_path(name).has_value());
    }
}

TEST(BlobDirectory, CopiesAreChecked) {
    const testing::TempFolder folder;
    auto blobs = directory(folder.path() + "/blobs");
    const std::string big(300'000, 'x');
    const Blob blob = *blobs->put_bytes(big);
    const std::string copy = folder.path() + "/copy";
    ASSERT_TRUE(blobs->copy_to(blob.sha256, copy).ok());
    EXPECT_EQ(fs::file_size(copy), big.size());
    fs::permissions(*blobs->local_path(blob.sha256), fs::perms::owner_all);
    std::ofstream(*blobs->local_path(blob.sha256)) << "damaged";
    const std::string second = folder.path() + "/second";
    EXPECT_FALSE(blobs->copy_to(blob.sha256, second).ok());
    EXPECT_FALSE(fs::exists(second));
    EXPECT_FALSE(fs::exists(second + ".part"));
    // A put mends it.
    ASSERT_TRUE(blobs->put_bytes(big).ok());
    EXPECT_TRUE(blobs->copy_to(blob.sha256, second).ok());
}

TEST(BlobDirectory, EachVisitsAll) {
    const testing::TempFolder folder;
    auto blobs = directory(folder.path());
    std::map<std::string, int64_t> put, seen;
    for (int i = 0; i < 20; ++i) {
        const Blob blob = *blobs->put_bytes(std::string(static_cast<size_t>(i), 'x'));
        put[blob.sha256] = blob.bytes;
    }
    ASSERT_TRUE(blobs
                    ->each([&](const std::string& sha256, int64_t bytes, int64_t) -> Status {
                        seen[sha256] = bytes;
                        return blobs->remove(sha256);
                    })
                    .ok());
    EXPECT_EQ(seen, put);
}

class BlobRefs : public testing::OnBothEngines {
protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        if (IsSkipped()) return;
        db_ = open();
        ASSERT_TRUE(migrate(*db_).ok());
        blobs_ = directory(folder() + "/blobs");
    }
    Status add(const Blob& blob, const std::string& owner, const std::string& role) {
        return db_->transaction([&](Tx& tx) { return add_ref(tx, blob, owner, role); });
    }
    Status drop(const std::string& owner) {
        return db_->transaction([&](Tx& tx) { return drop_refs(tx, owner); });
    }
    // As if everything had happened long ago.
    void age_all() {
        ASSERT_TRUE(db_->write("UPDATE blobs SET touched_ms = 1").ok());
        for (const auto& entry : fs::recursive_directory_iterator(folder() + "/blobs")) {
            if (entry.is_regular_file()) age(entry.path(), 7200);
        }
    }
    int64_t sweep() { return sweep_orphans(*db_, *blobs_, 3'600'000).value(); }

    std::unique_ptr<Db> db_;
    std::unique_ptr<BlobStore> blobs_;
};

TEST_P(BlobRefs, AreFoundReplacedAndDropped) {
    const Blob a = *blobs_->put_bytes("a"), b = *blobs_->put_bytes("b");
    ASSERT_TRUE(add(a, "video:1", "video").ok());
    ASSERT_TRUE(add(b, "video:1", "thumbnail").ok());
    ASSERT_TRUE(add(a, "video:2", "video").ok());
    EXPECT_EQ((*find_ref(*db_, "video:1", "video"))->sha256, a.sha256);
    EXPECT_EQ((*find_ref(*db_, "video:1", "video"))->bytes, 1);
    EXPECT_FALSE(find_ref(*db_, "video:1", "none")->has_value());
    ASSERT_TRUE(add(b, "video:1", "video").ok());
    EXPECT_EQ((*find_ref(*db_, "video:1", "video"))->sha256, b.sha256);
    const auto all = find_refs(*db_, "video:1");
    ASSERT_EQ(all->size(), 2u);
    EXPECT_EQ((*all)[0].role, "thumbnail");
    ASSERT_TRUE(db_->transaction([&](Tx& tx) { return drop_ref(tx, "video:1", "video"); }).ok());
    EXPECT_EQ(find_refs(*db_, "video:1")->size(), 1u);
    ASSERT_TRUE(drop("video:1").ok());
    EXPECT_EQ(find_refs(*db_, "video:1")->size(), 0u);
    EXPECT_TRUE(find_ref(*db_, "video:2", "video")->has_value());
}

TEST_P(BlobRefs, SweepTakesOldOrphansOnly) {
    const Blob kept = *blobs_->put_bytes("kept"), orphan = *blobs_->put_bytes("orphan"),
               never = *blobs_->put_bytes("never");
    ASSERT_TRUE(add(kept, "video:1", "video").ok());
    ASSERT_TRUE(add(orphan, "video:2", "video").ok());
    ASSERT_TRUE(drop("video:2").ok());
    EXPECT_EQ(sweep(), 0) << "all are young";
    age_all();
    const std::string upload = blobs_->incoming_dir() + "/left-over";
    std::ofstream(upload) << "x";
    std::ofstream(blobs_->incoming_dir() + "/young") << "x";
    age(upload, 7200);
    EXPECT_EQ(sweep(), 2);
    EXPECT_TRUE(*blobs_->exists(kept.sha256));
    EXPECT_FALSE(*blobs_->exists(orphan.sha256));
    EXPECT_FALSE(*blobs_->exists(never.sha256));
    EXPECT_FALSE(fs::exists(upload));
    EXPECT_TRUE(fs::exists(blobs_->incoming_dir() + "/young"));
    EXPECT_EQ(sweep(), 0);
}

TEST_P(BlobRefs, WhatIsPutOrFoundAgainIsYoung) {
    const Blob put_again = *blobs_->put_bytes("a"), dropped = *blobs_->put_bytes("b");
    ASSERT_TRUE(add(dropped, "video:1", "video").ok());
    age_all();
    ASSERT_TRUE(blobs_->put_bytes("a").ok());
    ASSERT_TRUE(drop("video:1").ok());  // somebody may have found it by that reference just now
    EXPECT_EQ(sweep(), 0);
    EXPECT_TRUE(*blobs_->exists(put_again.sha256));
    EXPECT_TRUE(*blobs_->exists(dropped.sha256));
}

// Puts and references race with sweeps of a store where everything old is an orphan: what has a
// reference has its bytes.
TEST_P(BlobRefs, SweepsNeverTakeWhatIsReferredTo) {
    std::atomic<bool> stop{false};
    std::atomic<int> swept{0};
    std::thread sweeper([&] {
        while (!stop) swept += static_cast<int>(sweep());
    });
    for (int i = 0; i < 60; ++i) {
        const std::string owner = "video:" + std::to_string(i);
        const Blob blob = *blobs_->put_bytes(std::to_string(i % 5));
        ASSERT_TRUE(add(blob, owner, "video").ok());
        EXPECT_TRUE(*blobs_->exists(blob.sha256)) << i;
        ASSERT_TRUE(drop(owner).ok());
        if (std::error_code gone; i % 2 == 0) {
            ASSERT_TRUE(db_->write("UPDATE blobs SET touched_ms = 1").ok());
            fs::last_write_time(*blobs_->local_path(blob.sha256),
                                fs::file_time_type::clock::now() - std::chrono::hours(2), gone);
        }
    }
    stop = true;
    sweeper.join();
    age_all();
    swept += static_cast<int>(sweep());
    EXPECT_GT(swept, 0);
}

AOZORA_BOTH_ENGINES(BlobRefs);

}  // namespace
}  // namespace store
