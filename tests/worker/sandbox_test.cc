// Strangers' files, decoded by the real program in its sandbox.
#include "studio/worker/sandbox.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "media/atomic_file.h"
#include "media/clip.h"
#include "media/decode.h"
#include "media/still.h"
#include "media/test_film.h"
#include "studio/worker/failure.h"

namespace {

using media::testing::Folder;
using studio::Sandbox;
using studio::Untrusted;

std::string film(const Folder& folder, int64_t frames = 12) {
    media::testing::Pictures pictures(96, 64, 24, frames);
    media::testing::Sound sound(frames * 2000, media::testing::tone(440));
    const std::string path = folder / "film.mp4";
    media::ClipOptions options;
    options.overwrite = true;
    EXPECT_TRUE(media::encode_clip(pictures, sound, path, options).ok());
    return path;
}

// With bubblewrap where it works, and without.
class Decoder : public testing::TestWithParam<bool> {
protected:
    Sandbox sandbox() const {
        Sandbox sandbox;
        sandbox.program = AOZORA_BINARY;
        sandbox.bubblewrap = GetParam();
        return sandbox;
    }
    studio::JobFailure refused(Untrusted kind, const std::string& file, double most_seconds = 60) {
        studio::DecodeLimits limits;
        limits.most_seconds = most_seconds;
        const auto done =
            studio::decode_in_sandbox(sandbox(), kind, file, out_ / "out", limits, nullptr);
        EXPECT_FALSE(done.ok());
        EXPECT_EQ(out_.entries(), 0) << "nothing half-written";
        return done.ok() ? studio::JobFailure{} : studio::failure_of(done.error());
    }
    void write(const std::string& name, const std::string& bytes) {
        ASSERT_TRUE(media::write_file(in_ / name, bytes).ok());
    }
    Folder in_, out_;
};

TEST_P(Decoder, MakesAFilmOfOursOutOfAny) {
    const auto done = studio::decode_in_sandbox(sandbox(), Untrusted::Clip, film(in_),
                                                out_ / "out.mp4", {}, nullptr);
    ASSERT_TRUE(done.ok()) << done.error().text();
    const auto info = media::inspect_film(out_ / "out.mp4");
    ASSERT_TRUE(info.ok());
    EXPECT_EQ(info->frame_count, 12);
    EXPECT_EQ(info->width_px, 96);
    EXPECT_TRUE(info->has_audio);
}

TEST_P(Decoder, MakesAPictureOfOursOutOfAny) {
    ASSERT_TRUE(media::write_jpeg(base::Image8(40, 30, 3), in_ / "x.jpg").ok());
    const auto done = studio::decode_in_sandbox(sandbox(), Untrusted::Picture, in_ / "x.jpg",
                                                out_ / "out.png", {}, nullptr);
    ASSERT_TRUE(done.ok()) << done.error().text();
    EXPECT_EQ(media::read_image(out_ / "out.png")->width_px, 40);
}

TEST_P(Decoder, MakesASoundOfOursOutOfAnyAndTakesNoMoreThanAsked) {
    studio::DecodeLimits limits;
    limits.most_seconds = 0.25;
    const auto done = studio::decode_in_sandbox(sandbox(), Untrusted::Sound, film(in_),
                                                out_ / "out.wav", limits, nullptr);
    ASSERT_TRUE(done.ok()) << done.error().text();
    const auto sound = media::open_sound(out_ / "out.wav");
    ASSERT_TRUE(sound.ok()) << sound.error().text();
    int64_t samples = 0;
    while (const auto block = *(*sound)->next()) samples += block->sample_count();
    EXPECT_EQ(samples, 12000);
}

TEST_P(Decoder, RefusesWhatIsNoFilmAndSaysWhy) {
    write("text.mp4", "This is a text, whatever its name says.\n");
    write("list.mp4", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n");
    write("empty.mp4", "");
    write("cut.mp4", media::read_file(film(in_), 1 << 20)->substr(0, 900));
    for (const char* name : {"text.mp4", "list.mp4", "empty.mp4", "cut.mp4"}) {
        const auto failure = refused(Untrusted::Clip, in_ / name);
        EXPECT_TRUE(failure.permanent) << name;
        EXPECT_EQ(failure.code, "invalid_video") << name;
        EXPECT_GT(failure.message.size(), 20u);
        EXPECT_EQ(failure.message.find(in_ / ""), std::string::npos) << "no paths of this machine";
    }
    EXPECT_EQ(refused(Untrusted::Picture, in_ / "text.mp4").code, "invalid_image");
    const auto deaf = refused(Untrusted::Sound, in_ / "text.mp4");
    EXPECT_EQ(deaf.code, "invalid_audio");
    EXPECT_EQ(deaf.message.find(in_ / ""), std::string::npos) << deaf.message;
}

TEST_P(Decoder, RefusesBombs) {
    // A PNG of 60,000 x 60,000 pixels, as its header says.
    std::string bomb("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0", 29);
    bomb += std::string("\x0b\xd5\x61\x5a\0\0\0\0IEND\xae\x42\x60\x82", 16);
    write("bomb.png", bomb);
    const auto picture = refused(Untrusted::Picture, in_ / "bomb.png");
    EXPECT_TRUE(picture.permanent);
    EXPECT_EQ(picture.code, "invalid_image");
    // A clip that is longer than may be.
    const auto clip = refused(Untrusted::Clip, film(in_, 72), 1);
    EXPECT_EQ(clip.code, "invalid_video");
    EXPECT_NE(clip.message.find("longer"), std::string::npos) << clip.message;
}

// The header of the track says 32 x 32, the pictures are larger.
TEST_P(Decoder, IsNotFooledByAFilmThatLiesAboutItsSize) {
    std::string bytes = *media::read_file(film(in_), 1 << 20);
    const size_t box = bytes.find("avc1", bytes.find("stsd"));
    ASSERT_NE(box, std::string::npos);
    bytes[box + 4 + 24] = 0;
    bytes[box + 4 + 25] = 32;
    bytes[box + 4 + 26] = 0;
    bytes[box + 4 + 27] = 32;
    write("liar.mp4", bytes);
    const auto done = studio::decode_in_sandbox(sandbox(), Untrusted::Clip, in_ / "liar.mp4",
                                                out_ / "out.mp4", {}, nullptr);
    if (done.ok()) EXPECT_EQ(media::inspect_film(out_ / "out.mp4")->width_px, 96);
    else EXPECT_EQ(studio::failure_of(done.error()).code, "invalid_video");
}

TEST_P(Decoder, HasLimitsThatHold) {
    Sandbox small = sandbox();
    small.file_bytes = 2000;
    const auto full =
        studio::decode_in_sandbox(small, Untrusted::Clip, film(in_), out_ / "out.mp4", {}, nullptr);
    EXPECT_FALSE(full.ok());
    EXPECT_FALSE(std::filesystem::exists(out_ / "out.mp4"));

    Sandbox hurried = sandbox();
    hurried.wall_s = 0;
    const auto late = studio::decode_in_sandbox(hurried, Untrusted::Clip, film(in_, 240),
                                                out_ / "out.mp4", {}, nullptr);
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(studio::failure_of(late.error()).code, "invalid_video");

    base::CancelToken token;
    token.cancel();
    const auto stopped = studio::decode_in_sandbox(sandbox(), Untrusted::Clip, film(in_, 240),
                                                   out_ / "out.mp4", {}, &token);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().kind, base::ErrorKind::Cancelled);
}

INSTANTIATE_TEST_SUITE_P(Sandboxes, Decoder, testing::Values(true, false),
                         [](const auto& info) { return info.param ? "Bubblewrap" : "Plain"; });

TEST(Sandbox, AProgramThatIsNotThereIsNobodysFault) {
    Folder folder;
    Sandbox sandbox;
    sandbox.program = folder / "nothing";
    const auto done = studio::decode_in_sandbox(sandbox, Untrusted::Clip, film(folder),
                                                folder / "out.mp4", {}, nullptr);
    ASSERT_FALSE(done.ok());
    EXPECT_FALSE(studio::failure_of(done.error()).permanent);
}

}  // namespace
