#include "media/image_header.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "media/still.h"

namespace media {
namespace {

std::string file_bytes(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

TEST(ImageHeader, SaysWhatOurOwnFilesHold) {
    base::Image8 image(37, 21, 3);
    for (size_t i = 0; i < image.data.size(); ++i) image.data[i] = static_cast<uint8_t>(i * 7);
    const std::string stem =
        (std::filesystem::temp_directory_path() / ("header-" + std::to_string(getpid()))).string();
    ASSERT_TRUE(write_png(image, stem + ".png").ok());
    ASSERT_TRUE(write_jpeg(image, stem + ".jpg").ok());
    ASSERT_TRUE(write_webp(image, stem + ".webp").ok());
    const struct {
        const char* ending;
        PictureType type;
    } kinds[] = {
        {".png", PictureType::Png}, {".jpg", PictureType::Jpeg}, {".webp", PictureType::Webp}};
    for (const auto& kind : kinds) {
        const std::string bytes = file_bytes(stem + kind.ending);
        const auto header = read_image_header(bytes);
        ASSERT_TRUE(header) << kind.ending;
        EXPECT_EQ(header->type, kind.type);
        EXPECT_EQ(header->width_px, 37);
        EXPECT_EQ(header->height_px, 21);
        // Cut anywhere: an answer or none, never a wrong one.
        for (size_t length = 0; length < bytes.size() && length < 700; ++length) {
            const auto cut = read_image_header(std::string_view(bytes).substr(0, length));
            if (cut) {
                EXPECT_EQ(cut->width_px, 37);
            }
        }
        std::filesystem::remove(stem + kind.ending);
    }
}

TEST(ImageHeader, RefusesOthers) {
    EXPECT_FALSE(read_image_header(""));
    EXPECT_FALSE(read_image_header("hello, I am a text file with a .png name"));
    EXPECT_FALSE(read_image_header("\xFF\xD8\xFF\xDA\x00\x02"));
    EXPECT_FALSE(read_image_header(std::string(100, '\xFF')));
    std::string bomb("\x89PNG\r\n\x1a\n\x00\x00\x00\x0DIHDR\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 24);
    EXPECT_FALSE(read_image_header(bomb));
}

}  // namespace
}  // namespace media
