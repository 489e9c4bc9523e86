#include "media/stream_hash.h"

#include <gtest/gtest.h>

#include <string>

namespace media {
namespace {

uint64_t hash(const std::string& text, uint64_t seed = 0) {
    StreamHash h(seed);
    h.add(text.data(), text.size());
    return h.value();
}

// Published values of XXH64.
TEST(StreamHash, KnownAnswers) {
    EXPECT_EQ(hash(""), 0xef46db3751d8e999ull);
    EXPECT_EQ(hash("a"), 0xd24ec4f1a98c6e5bull);
    EXPECT_EQ(hash("abc"), 0x44bc2cf5ad770999ull);
    EXPECT_EQ(hash("Nobody inspects the spammish repetition"), 0xfbcea83c8a378bf1ull);
}

TEST(StreamHash, PiecesDoNotMatter) {
    std::string text;
    for (int i = 0; i < 500; ++i) text += static_cast<char>(i * 7);
    for (const size_t piece : {1u, 3u, 31u, 32u, 33u, 100u}) {
        StreamHash h;
        for (size_t at = 0; at < text.size(); at += piece) {
            h.add(text.data() + at, std::min(piece, text.size() - at));
        }
        EXPECT_EQ(h.value(), hash(text)) << piece;
    }
}

TEST(StreamHash, GoesOnInAnotherProcess) {
    std::string bytes;
    for (int i = 0; i < 200; ++i) bytes += static_cast<char>(i * 7);
    for (const size_t cut : {0u, 1u, 31u, 32u, 77u, 200u}) {
        StreamHash whole, first;
        whole.add(bytes.data(), bytes.size());
        first.add(bytes.data(), cut);
        auto second = StreamHash::restore(first.save());
        ASSERT_TRUE(second) << cut;
        second->add(bytes.data() + cut, bytes.size() - cut);
        EXPECT_EQ(second->value(), whole.value()) << cut;
    }
    for (const std::string bad : {"", "12", "zz"}) EXPECT_FALSE(StreamHash::restore(bad));
    EXPECT_FALSE(StreamHash::restore(StreamHash().save() + "00"));
}

}  // namespace
}  // namespace media
