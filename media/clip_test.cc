#include "media/clip.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "media/atomic_file.h"
#include "media/decode.h"
#include "media/test_film.h"

namespace media {
namespace {

using testing::Folder;
using testing::Pictures;
using testing::Sound;
using testing::tone;

ClipOptions quick() {
    ClipOptions options;
    options.preset = "veryfast";
    return options;
}

std::vector<float> decoded_sound(const std::string& path) {
    auto source = open_sound(path);
    EXPECT_TRUE(source.ok()) << source.error().text();
    std::vector<float> samples;
    while (true) {
        auto block = (*source)->next();
        EXPECT_TRUE(block.ok()) << block.error().text();
        if (!block.ok() || !*block) return samples;
        EXPECT_EQ((*block)->first_sample * 2, static_cast<int64_t>(samples.size()));
        samples.insert(samples.end(), (*block)->samples.begin(), (*block)->samples.end());
    }
}

std::string ffprobe(const std::string& arguments, const std::string& path) {
    std::string out;
    FILE* pipe = popen(("ffprobe -v error " + arguments + " '" + path + "'").c_str(), "r");
    std::array<char, 256> buffer;
    while (pipe && fgets(buffer.data(), buffer.size(), pipe)) out += buffer.data();
    if (pipe) pclose(pipe);
    return out;
}

TEST(Clip, KeepsEveryFrameAndSample) {
    const Folder folder;
    Pictures pictures(64, 48, 24, 37);
    Sound sound(74000, tone(440));
    const auto info = encode_clip(pictures, sound, folder / "a.mp4", quick());
    ASSERT_TRUE(info.ok()) << info.error().text();
    EXPECT_EQ(info->frame_count, 37);
    EXPECT_EQ(info->sample_count, 74000);
    EXPECT_EQ(folder.entries(), 1);

    const auto film = inspect_film(folder / "a.mp4");
    ASSERT_TRUE(film.ok()) << film.error().text();
    EXPECT_EQ(film->frame_count, 37);
    EXPECT_DOUBLE_EQ(film->fps, 24);
    EXPECT_NEAR(film->video_start_s, 0, 1e-9);
    EXPECT_NEAR(film->audio_start_s, 0, 1e-9);
    EXPECT_NEAR(film->video_duration_s, 37 / 24.0, 1e-6);
    EXPECT_NEAR(film->audio_duration_s, 74000 / 48000.0, 1e-6);
    EXPECT_EQ(decoded_sound(folder / "a.mp4").size(), 2u * 74000);

    auto frames = open_frames(folder / "a.mp4");
    ASSERT_TRUE(frames.ok());
    int count = 0;
    double worst = 0;
    while (true) {
        auto frame = (*frames)->next();
        ASSERT_TRUE(frame.ok());
        if (!*frame) break;
        const base::Image8 wanted = pictures.picture(count++);
        double sum = 0;
        for (size_t i = 0; i < wanted.data.size(); ++i) {
            const double d = static_cast<double>(wanted.data[i]) - (*frame)->image.data[i];
            sum += d * d;
        }
        worst = std::max(worst, std::sqrt(sum / static_cast<double>(wanted.data.size())));
    }
    EXPECT_EQ(count, 37);
    EXPECT_LT(worst, 6) << "rms difference in grey levels of the worst frame";
}

TEST(Clip, FfprobeAgrees) {
    const Folder folder;
    Pictures pictures(64, 48, 23.976, 48);
    Sound sound(96096, tone(300));
    ClipOptions options = quick();
    options.title = "A test";
    options.payload_json = "{}";
    ASSERT_TRUE(encode_clip(pictures, sound, folder / "a.mp4", options).ok());
    const std::string streams = ffprobe(
        "-count_frames -show_entries stream=codec_name,profile,pix_fmt,color_range,color_space,"
        "color_transfer,color_primaries,r_frame_rate,start_time,duration,nb_read_frames "
        "-of default=nw=1",
        folder / "a.mp4");
    if (streams.empty()) GTEST_SKIP() << "ffprobe is not installed";
    for (const char* wanted :
         {"codec_name=h264\n", "profile=High\n", "pix_fmt=yuv420p\n", "color_range=tv\n",
          "color_space=bt709\n", "color_transfer=bt709\n", "color_primaries=bt709\n",
          "r_frame_rate=24000/1001\n", "nb_read_frames=48\n", "codec_name=aac\n", "profile=LC\n",
          "start_time=0.000000\n", "duration=2.002000\n"}) {
        EXPECT_NE(streams.find(wanted), std::string::npos) << wanted << "not in\n" << streams;
    }
    EXPECT_EQ(streams.find("start_time=-"), std::string::npos);
}

TEST(Clip, MoovComesBeforeTheMediaData) {
    const Folder folder;
    Pictures pictures(64, 48, 24, 5);
    Sound sound(10000, tone(440));
    ClipOptions options = quick();
    options.payload_json = "{\"a\":1}";
    ASSERT_TRUE(encode_clip(pictures, sound, folder / "a.mp4", options).ok());
    const std::string bytes = *read_file(folder / "a.mp4", 1 << 20);
    const size_t moov = bytes.find("moov"), mdat = bytes.find("mdat"), uuid = bytes.find("uuid");
    EXPECT_LT(moov, mdat);
    EXPECT_LT(mdat, uuid);
    EXPECT_EQ(*read_payload(folder / "a.mp4"), options.payload_json);
}

// A click in silence must come out where it went in: within 1 ms of the record's event.
TEST(Clip, OnsetsStayInPlace) {
    const Folder folder;
    Pictures pictures(64, 48, 24, 48);
    const std::array<int64_t, 3> clicks = {3000, 33333, 70001};
    Sound sound(96000, [&](int64_t n, int) {
        for (const int64_t click : clicks) {
            const double t = static_cast<double>(n - click) / 48000;
            if (t >= 0 && t < 0.1) {
                return static_cast<float>(0.7 * std::exp(-60 * t) *
                                          std::sin(2 * 3.14159 * 2500 * t));
            }
        }
        return 0.f;
    });
    ASSERT_TRUE(encode_clip(pictures, sound, folder / "a.mp4", quick()).ok());
    const std::vector<float> heard = decoded_sound(folder / "a.mp4");
    ASSERT_EQ(heard.size(), 2u * 96000);
    for (const int64_t click : clicks) {
        int64_t onset = click - 2000;
        while (std::abs(heard[2 * onset]) < 0.25f) ++onset;
        EXPECT_NEAR(static_cast<double>(onset - click) / 48, 0, 1.0) << "ms, click at " << click;
    }
}

TEST(Clip, SameBytesForAnyThreadCount) {
    const Folder folder;
    std::vector<std::string> films;
    std::vector<ClipInfo> infos;
    for (const int threads : {1, 2, 7}) {
        Pictures pictures(128, 96, 24, 30);
        Sound sound(60000, tone(440), 700 + threads);
        ClipOptions options = quick();
        options.threads = threads;
        options.payload_json = "{}";
        const std::string path = folder / ("t" + std::to_string(threads) + ".mp4");
        infos.push_back(*encode_clip(pictures, sound, path, options));
        films.push_back(*read_file(path, 1 << 24));
    }
    EXPECT_TRUE(films[0] == films[1]);
    EXPECT_TRUE(films[0] == films[2]);
    EXPECT_EQ(infos[0].frame_hash, infos[2].frame_hash);
    EXPECT_EQ(infos[0].sample_hash, infos[2].sample_hash);
    EXPECT_EQ(infos[0].bytes, static_cast<int64_t>(films[0].size()));
}

TEST(Clip, HashesTellFilmsApart) {
    const Folder folder;
    Pictures a(64, 48, 24, 4), b(64, 48, 24, 5);
    Sound s(8000, tone(440)), t(8000, tone(441));
    const ClipInfo first = *encode_clip(a, s, folder / "a.mp4", quick());
    const ClipInfo second = *encode_clip(b, t, folder / "b.mp4", quick());
    EXPECT_NE(first.frame_hash, second.frame_hash);
    EXPECT_NE(first.sample_hash, second.sample_hash);
}

TEST(Clip, NeverOverwritesUnlessAsked) {
    const Folder folder;
    std::ofstream(folder / "a.mp4") << "precious";
    Pictures pictures(64, 48, 24, 4);
    Sound sound(8000, tone(440));
    const auto refused = encode_clip(pictures, sound, folder / "a.mp4", quick());
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().text().find("exists already"), std::string::npos);
    EXPECT_EQ(*read_file(folder / "a.mp4", 100), "precious");

    ClipOptions options = quick();
    options.overwrite = true;
    ASSERT_TRUE(encode_clip(pictures, sound, folder / "a.mp4", options).ok());
    EXPECT_TRUE(inspect_film(folder / "a.mp4").ok());
    EXPECT_EQ(folder.entries(), 1);
}

TEST(Clip, CancelLeavesNothing) {
    const Folder folder;
    Pictures pictures(64, 48, 24, 1000);
    Sound sound(2'000'000, tone(440));
    base::CancelToken cancel;
    const auto result = encode_clip(
        pictures, sound, folder / "a.mp4", quick(),
        [&](const ClipProgress& p) {
            if (p.frames_done == 10) cancel.cancel();
            EXPECT_LE(p.frames_done, 10);
            EXPECT_EQ(p.frames_total, 1000);
        },
        &cancel);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, base::ErrorKind::Cancelled);
    EXPECT_EQ(folder.entries(), 0);
}

TEST(Clip, AFailingSourceLeavesNothingAndIsQuoted) {
    const Folder folder;
    Pictures pictures(64, 48, 24, 100);
    pictures.fail_at = 7;
    Sound sound(200000, tone(440));
    const auto result = encode_clip(pictures, sound, folder / "a.mp4", quick());
    ASSERT_FALSE(result.ok());
    EXPECT_NE(result.error().text().find("the painter fell ill"), std::string::npos);
    EXPECT_EQ(folder.entries(), 0);
}

TEST(Clip, AFullDiskIsNamedAndLeavesNothing) {
    const Folder folder;
    rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 20000;
    setrlimit(RLIMIT_FSIZE, &small);
    Pictures pictures(64, 48, 24, 200);
    Sound sound(400000, tone(440));
    const auto result = encode_clip(pictures, sound, folder / "a.mp4", quick());
    setrlimit(RLIMIT_FSIZE, &before);
    ASSERT_FALSE(result.ok());
    EXPECT_NE(result.error().text().find(folder / "a.mp4"), std::string::npos)
        << result.error().text();
    EXPECT_EQ(folder.entries(), 0);
}

TEST(Clip, RefusesWhatCannotBecomeAFilm) {
    const Folder folder;
    const auto refuse = [&](Pictures pictures, Sound sound, const std::string& path) {
        const auto result = encode_clip(pictures, sound, path, quick());
        EXPECT_FALSE(result.ok());
        return result.ok() ? std::string() : result.error().text();
    };
    const Sound silence(100, [](int64_t, int) { return 0.f; });
    EXPECT_NE(refuse({63, 48, 24, 4}, silence, folder / "a.mp4").find("even"), std::string::npos);
    EXPECT_NE(refuse({2, 2, 24, 4}, silence, folder / "a.mp4").find("16"), std::string::npos);
    EXPECT_NE(refuse({64, 48, 0, 4}, silence, folder / "a.mp4").find("per second"),
              std::string::npos);
    EXPECT_NE(refuse({64, 48, 24, 0}, silence, folder / "a.mp4").find("no frames"),
              std::string::npos);
    EXPECT_NE(refuse({64, 48, 24, 4}, silence, folder / "no/a.mp4").find("No such file"),
              std::string::npos);
    EXPECT_NE(refuse({64, 48, 24, 4}, silence, "/dev/full").find("regular"), std::string::npos);
    const Sound nan(4000, [](int64_t, int) { return std::nanf(""); });
    EXPECT_NE(refuse({64, 48, 24, 4}, nan, folder / "a.mp4").find("finite"), std::string::npos);
    EXPECT_EQ(folder.entries(), 0);
}

TEST(Clip, ASilentFilmHasNoSoundTrack) {
    const Folder folder;
    Pictures pictures(64, 48, 24, 4);
    Sound none(0, tone(1));
    ASSERT_TRUE(encode_clip(pictures, none, folder / "a.mp4", quick()).ok());
    EXPECT_FALSE(inspect_film(folder / "a.mp4")->has_audio);
    EXPECT_FALSE(open_sound(folder / "a.mp4").ok());
}

TEST(Clip, UnevenLengthsAreKept) {
    const Folder folder;
    Pictures pictures(64, 48, 30, 6);
    Sound sound(48000, tone(440));
    ASSERT_TRUE(encode_clip(pictures, sound, folder / "a.mp4", quick()).ok());
    const FilmInfo film = *inspect_film(folder / "a.mp4");
    EXPECT_NEAR(film.video_duration_s, 0.2, 1e-6);
    EXPECT_NEAR(film.audio_duration_s, 1, 1e-6);
}

}  // namespace
}  // namespace media
