#include "media/still.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>

#include "media/atomic_file.h"
#include "media/exr.h"
#include "media/jpeg.h"
#include "media/libav_handles.h"
#include "media/png.h"
#include "media/poster.h"
#include "media/spritesheet.h"
#include "media/test_film.h"

namespace media {
namespace {

using testing::Folder;
using testing::Pictures;

double rms(const base::Image8& a, const base::Image8& b) {
    EXPECT_EQ(a.data.size(), b.data.size());
    double sum = 0;
    for (size_t i = 0; i < a.data.size() && i < b.data.size(); ++i) {
        sum += (a.data[i] - b.data[i]) * (a.data[i] - b.data[i]);
    }
    return std::sqrt(sum / static_cast<double>(a.data.size()));
}

TEST(Still, EveryFormatComesBack) {
    const Folder folder;
    const base::Image8 image = Pictures(67, 43, 24, 1).picture(3);
    ASSERT_TRUE(write_png(image, folder / "a.png").ok());
    ASSERT_TRUE(write_jpeg(image, folder / "a.jpg", 95).ok());
    ASSERT_TRUE(write_webp(image, folder / "a.webp", 95).ok());
    EXPECT_EQ(rms(*read_image(folder / "a.png"), image), 0);
    EXPECT_LT(rms(*read_image(folder / "a.jpg"), image), 4);
    EXPECT_LT(rms(*read_image(folder / "a.webp"), image), 4);
    EXPECT_EQ(folder.entries(), 3);
}

TEST(Still, BombsAreRefusedByTheirHeaders) {
    const base::Image8 image(400, 300, 3);
    for (const std::string& bytes : {*encode_png(image), *encode_jpeg(image, 80)}) {
        EXPECT_TRUE(decode_image(bytes, 120'000).ok());
        const auto refused = decode_image(bytes, 119'999);
        ASSERT_FALSE(refused.ok());
        EXPECT_NE(refused.error().message.find("too large: 400x300"), std::string::npos);
    }
}

TEST(Still, DamagedFilesAreErrors) {
    const base::Image8 image = Pictures(40, 30, 24, 1).picture(0);
    const std::string png = *encode_png(image), jpeg = *encode_jpeg(image, 80);
    EXPECT_FALSE(decode_image(png.substr(0, png.size() / 2)).ok());
    EXPECT_FALSE(decode_image(jpeg.substr(0, 30)).ok());
    EXPECT_FALSE(decode_image("").ok());
    EXPECT_FALSE(decode_image("GIF89a").ok());
    EXPECT_EQ(read_image("/nowhere.png").error().kind, base::ErrorKind::NotFound);
}

TEST(Still, SixteenBitsAreKept) {
    const Folder folder;
    base::Image16 image(300, 2, 1);
    for (size_t i = 0; i < image.data.size(); ++i) image.data[i] = static_cast<uint16_t>(i * 109);
    ASSERT_TRUE(write_png16(image, folder / "depth.png").ok());
    const std::string bytes = *read_file(folder / "depth.png", 1 << 20);
    EXPECT_EQ(bytes[24], 16);  // IHDR's bit depth
    const base::Image8 coarse = *decode_image(bytes);
    EXPECT_EQ(coarse.width_px, 300);
}

// libavcodec's EXR decoder is the independent reader.
TEST(Still, ExrIsExact) {
    base::ImageF image(37, 21, 3);
    for (size_t i = 0; i < image.data.size(); ++i) {
        image.data[i] = std::sin(static_cast<float>(i)) * std::pow(10.f, float(i % 7) - 3);
    }
    image.data[5] = INFINITY;
    const std::string bytes = *encode_exr(image, {"R", "G", "B"});
    const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_EXR);
    if (!codec) GTEST_SKIP() << "this libavcodec has no EXR decoder";
    const CodecHandle context(avcodec_alloc_context3(codec));
    ASSERT_GE(avcodec_open2(context.get(), codec, nullptr), 0);
    const PacketHandle packet(av_packet_alloc());
    ASSERT_GE(av_new_packet(packet.get(), static_cast<int>(bytes.size())), 0);
    std::memcpy(packet->data, bytes.data(), bytes.size());
    ASSERT_GE(avcodec_send_packet(context.get(), packet.get()), 0);
    const FrameHandle frame(av_frame_alloc());
    ASSERT_GE(avcodec_receive_frame(context.get(), frame.get()), 0);
    ASSERT_EQ(frame->width, 37);
    ASSERT_EQ(frame->height, 21);
    ASSERT_EQ(frame->format, AV_PIX_FMT_GBRPF32LE);
    const int plane_of[3] = {2, 0, 1};  // libav keeps G, B, R
    for (int y = 0; y < 21; ++y) {
        for (int x = 0; x < 37; ++x) {
            for (int c = 0; c < 3; ++c) {
                const int plane = plane_of[c];
                const auto* row =
                    reinterpret_cast<const float*>(frame->data[plane] + y * frame->linesize[plane]);
                ASSERT_EQ(row[x], image.at(x, y)[c]) << x << "," << y << "," << c;
            }
        }
    }
}

TEST(Still, ExrRefusesWrongNames) {
    const base::ImageF image(4, 4, 2);
    EXPECT_TRUE(encode_exr(image, {"X", "Y"}).ok());
    EXPECT_FALSE(encode_exr(image, {"X"}).ok());
    EXPECT_FALSE(encode_exr(image, {"X", "X"}).ok());
    EXPECT_FALSE(encode_exr(image, {"X", ""}).ok());
}

TEST(Still, UnwritableTargetsAreNamed) {
    const base::Image8 image(4, 4, 3);
    EXPECT_NE(write_png(image, "/nowhere/a.png").error().text().find("/nowhere/a.png"),
              std::string::npos);
    EXPECT_FALSE(write_png(image, "/tmp").ok());
    EXPECT_FALSE(write_png({}, "/tmp/empty.png").ok());
}

TEST(Resize, KeepsTheMeanLightAndFlatColours) {
    base::Image8 flat(50, 40, 3);
    for (auto& v : flat.data) v = 137;
    for (const auto& [w, h] : {std::pair{13, 7}, {200, 90}, {50, 11}, {1, 1}}) {
        for (const uint8_t v : resize(flat, w, h).data) ASSERT_EQ(v, 137) << w << "x" << h;
    }
    // Black and white stripes average to half the light: sRGB 188, not 128.
    base::Image8 stripes(64, 8, 3);
    for (int y = 0; y < 8; ++y) {
        for (int x = 0; x < 64; ++x) {
            for (int c = 0; c < 3; ++c) stripes.at(x, y)[c] = x % 2 ? 255 : 0;
        }
    }
    EXPECT_NEAR(resize(stripes, 32, 8).data[0], 188, 1);
}

TEST(Resize, UpscalingKeepsPlaces) {
    base::Image8 dot(9, 9, 3);
    for (int c = 0; c < 3; ++c) dot.at(4, 4)[c] = 255;
    const base::Image8 large = resize(dot, 27, 27);
    EXPECT_GT(large.at(13, 13)[0], 240);
    EXPECT_EQ(large.at(0, 0)[0], 0);
}

TEST(ContactSheet, LaysThumbsOut) {
    base::Image8 red(10, 6, 3);
    for (size_t i = 0; i < red.data.size(); i += 3) red.data[i] = 255;
    const base::Image8 sheet = contact_sheet({red, red, red}, 2, 4);
    EXPECT_EQ(sheet.width_px, 2 * 14 + 4);
    EXPECT_EQ(sheet.height_px, 2 * 10 + 4);
    EXPECT_EQ(sheet.at(4, 4)[0], 255);
    EXPECT_EQ(sheet.at(4 + 14, 4 + 10)[0], 24);  // the empty fourth place
    EXPECT_TRUE(contact_sheet({}, 2).empty());
}

TEST(Spritesheet, CoversTheWholeFilmInBoundedMemory) {
    for (const int frames : {1, 3, 16, 33, 100, 1000}) {
        Spritesheet sheet(4, 4, 16);
        const base::Image8 frame(32, 18, 3);
        for (int i = 0; i < frames; ++i) sheet.add(frame);
        const auto indices = sheet.frame_indices();
        EXPECT_EQ(indices.size(), std::min<size_t>(16, static_cast<size_t>(frames)));
        EXPECT_EQ(indices.front(), 0);
        EXPECT_GE(indices.back(), (frames - 1) * 9 / 10) << frames;
        for (size_t i = 1; i < indices.size(); ++i) EXPECT_GT(indices[i], indices[i - 1]);
    }
    const Folder folder;
    EXPECT_FALSE(Spritesheet(2, 2).write_jpeg(folder / "s.jpg").ok());
    Spritesheet sheet(3, 2, 16);
    for (int i = 0; i < 20; ++i) sheet.add(base::Image8(32, 18, 3));
    ASSERT_TRUE(sheet.write_jpeg(folder / "s.jpg").ok());
    EXPECT_EQ(read_image(folder / "s.jpg")->width_px, 48);
    EXPECT_EQ(read_image(folder / "s.jpg")->height_px, 18);
}

TEST(Poster, PrefersALitFrameToBlack) {
    const Folder folder;
    PosterChooser chooser;
    const Pictures film(64, 48, 24, 3);
    chooser.add(base::Image8(64, 48, 3));
    chooser.add(film.picture(1));
    chooser.add(base::Image8(64, 48, 3));
    EXPECT_EQ(rms(chooser.best(), film.picture(1)), 0);
    ASSERT_TRUE(write_poster(chooser.best(), folder / "p.webp", 32).ok());
    EXPECT_EQ(read_image(folder / "p.webp")->width_px, 32);
    EXPECT_FALSE(write_poster({}, folder / "q.webp").ok());
}

}  // namespace
}  // namespace media
