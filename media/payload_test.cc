#include "media/payload.h"

#include <gtest/gtest.h>

#include <fstream>

#include "media/clip.h"
#include "media/test_film.h"

namespace media {
namespace {

const std::string kFtyp(
    "\0\0\0\x10"
    "ftypisom\0\0\0\0",
    16);

std::string be32(uint32_t v) {
    return {static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8),
            static_cast<char>(v)};
}

TEST(Payload, RoundTripsAnyText) {
    for (const std::string& json : {std::string("{}"), std::string(100000, 'x'),
                                    std::string("{\"a\":\"青空\"}"), std::string()}) {
        const std::string box = *payload_box(json);
        EXPECT_EQ(*payload_of_bytes(kFtyp + box, "a.mp4"), json);
        EXPECT_EQ(*payload_of_bytes(kFtyp + be32(12) + "free1234" + box, "a.mp4"), json);
    }
}

TEST(Payload, SaysWhenAFileIsNotOurs) {
    EXPECT_NE(payload_of_bytes(kFtyp, "a.mp4").error().text().find("not made by Aozora"),
              std::string::npos);
    EXPECT_EQ(payload_of_bytes("hello, I am a text", "a.txt").error().text(),
              "not an MP4 file (a.txt)");
    EXPECT_FALSE(payload_of_bytes("", "a.mp4").ok());
    EXPECT_EQ(read_payload("/nowhere/a.mp4").error().kind, base::ErrorKind::NotFound);
    EXPECT_FALSE(read_payload("/tmp").ok());
}

TEST(Payload, DistrustsEverySize) {
    const std::string box = *payload_box("{\"a\":1}");
    const std::string film = kFtyp + box;
    for (size_t length = 0; length < film.size(); ++length) {
        EXPECT_FALSE(payload_of_bytes(film.substr(0, length), "cut.mp4").ok()) << length;
    }
    for (const uint32_t size : {0u, 1u, 2u, 7u, 8u, 27u, 0x7fffffffu, 0xffffffffu}) {
        std::string wrong = film;
        wrong.replace(kFtyp.size(), 4, be32(size));
        const auto result = payload_of_bytes(wrong, "wrong.mp4");
        // 0 means "to the end of the file", which is true here.
        EXPECT_EQ(result.ok(), size == 0) << size;
    }
    const std::string huge = kFtyp + be32(1) + "mdat" + std::string(8, '\xff') + box;
    EXPECT_FALSE(payload_of_bytes(huge, "huge.mp4").ok());
    std::string newer = film;
    newer[kFtyp.size() + 8 + 16] = 1;
    EXPECT_NE(payload_of_bytes(newer, "n.mp4").error().text().find("newer"), std::string::npos);
    std::string latin = film;
    latin.back() = '\xe9';
    EXPECT_NE(payload_of_bytes(latin, "l.mp4").error().text().find("UTF-8"), std::string::npos);
}

TEST(Payload, TooLongIsRefusedBeforeTheFilmIsMade) {
    const testing::Folder folder;
    testing::Pictures pictures(64, 48, 24, 2);
    pictures.fail_at = 0;
    testing::Sound sound(100, testing::tone(440));
    ClipOptions options;
    options.payload_json.assign(kMaxPayloadBytes + 1, ' ');
    const auto result = encode_clip(pictures, sound, folder / "a.mp4", options);
    ASSERT_FALSE(result.ok());
    EXPECT_NE(result.error().text().find("too long"), std::string::npos);
}

}  // namespace
}  // namespace media
