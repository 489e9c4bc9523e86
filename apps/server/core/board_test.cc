#include "apps/server/core/board.h"

#include <gtest/gtest.h>

namespace server {
namespace {

using std::chrono::milliseconds;

// As if it had been read `ago`.
std::shared_ptr<const CachedVideo> video(milliseconds ago, bool ended) {
    auto made = std::make_shared<CachedVideo>();
    made->ended = ended;
    made->read_at = std::chrono::steady_clock::now() - ago;
    return made;
}

TEST(Board, OneReadsAnewWhileOthersAreAnswered) {
    for (const bool ended : {false, true}) {
        const auto soon_old = ended ? milliseconds(8500) : milliseconds(430);
        const auto old = ended ? milliseconds(10500) : milliseconds(530);
        Board board;
        board.put("v", video(milliseconds(0), ended), board.ticket("v"));
        EXPECT_TRUE(board.cached("v"));
        EXPECT_TRUE(board.cached_at_once("v"));

        board.put("v", video(soon_old, ended), board.ticket("v"));
        EXPECT_FALSE(board.cached("v")) << "who may wait reads anew";
        EXPECT_FALSE(board.cached_at_once("v")) << "the first is sent to read";
        EXPECT_TRUE(board.cached_at_once("v")) << "the others are not";
        board.put("v", video(milliseconds(0), ended), board.ticket("v"));
        EXPECT_TRUE(board.cached_at_once("v"));

        board.put("v", video(old, ended), board.ticket("v"));
        EXPECT_FALSE(board.cached_at_once("v"));
        EXPECT_FALSE(board.cached_at_once("v")) << "nobody believes it any more";
    }
}

TEST(Board, WhatChangedIsReadAnewByAll) {
    Board board;
    board.put("v", video(milliseconds(0), true), board.ticket("v"));
    const uint64_t before = board.ticket("v");
    board.forget("v");
    EXPECT_FALSE(board.cached_at_once("v"));
    EXPECT_FALSE(board.cached_at_once("v"));
    board.put("v", video(milliseconds(0), true), before);
    EXPECT_FALSE(board.cached("v")) << "an answer that was overtaken";
}

}  // namespace
}  // namespace server
