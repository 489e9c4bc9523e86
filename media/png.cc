#include "media/png.h"

#include <png.h>

#include <bit>
#include <csetjmp>

namespace media {
namespace {

void append_bytes(png_structp png, png_bytep bytes, size_t count) {
    static_cast<std::string*>(png_get_io_ptr(png))
        ->append(reinterpret_cast<const char*>(bytes), count);
}
void flush_nothing(png_structp) {}
void ignore_warning(png_structp, png_const_charp) {}

int colour_type(int channels) {
    return channels == 1   ? PNG_COLOR_TYPE_GRAY
           : channels == 3 ? PNG_COLOR_TYPE_RGB
                           : PNG_COLOR_TYPE_RGB_ALPHA;
}

// libpng reports errors by longjmp; no object with a destructor lives between setjmp and it.
bool write_rows(png_structp png, png_infop info, int width, int height, int channels, int depth,
                const unsigned char* pixels, size_t row_bytes, std::string* out) {
    if (setjmp(png_jmpbuf(png))) return false;
    png_set_write_fn(png, out, append_bytes, flush_nothing);
    png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height),
                 depth, colour_type(channels), PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 6);
    if (depth == 8) png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_write_info(png, info);
    if (depth == 16 && std::endian::native == std::endian::little) png_set_swap(png);
    for (int y = 0; y < height; ++y) png_write_row(png, pixels + row_bytes * y);
    png_write_end(png, info);
    return true;
}

template <typename T>
base::Result<std::string> encode(const base::ImageT<T>& image) {
    if (image.empty() || (image.channels != 1 && image.channels != 3 && image.channels != 4)) {
        return base::failed("a PNG needs 1, 3 or 4 channels and at least one pixel");
    }
    std::string bytes;
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, ignore_warning);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    const bool written =
        info &&
        write_rows(png, info, image.width_px, image.height_px, image.channels, 8 * sizeof(T),
                   reinterpret_cast<const unsigned char*>(image.data.data()),
                   static_cast<size_t>(image.width_px) * image.channels * sizeof(T), &bytes);
    png_destroy_write_struct(&png, &info);
    if (!written) return base::failed("cannot encode the PNG");
    return bytes;
}

}  // namespace

base::Result<std::string> encode_png(const base::Image8& image) { return encode(image); }
base::Result<std::string> encode_png16(const base::Image16& image) { return encode(image); }

base::Result<base::Image8> decode_png(const std::string& bytes, int64_t max_pixels) {
    png_image reader{};
    reader.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&reader, bytes.data(), bytes.size())) {
        return base::failed(std::string("not a readable PNG: ") + reader.message);
    }
    const auto width = static_cast<int64_t>(reader.width);
    const auto height = static_cast<int64_t>(reader.height);
    if (width <= 0 || height <= 0 || width > max_pixels / height) {
        png_image_free(&reader);
        return base::failed("the picture is too large: " + std::to_string(width) + "x" +
                            std::to_string(height));
    }
    reader.format = PNG_FORMAT_RGB;
    base::Image8 image(static_cast<int>(width), static_cast<int>(height), 3);
    const png_color white{255, 255, 255};
    if (!png_image_finish_read(&reader, &white, image.data.data(), 0, nullptr)) {
        const std::string why = reader.message;
        png_image_free(&reader);
        return base::failed("not a readable PNG: " + why);
    }
    return image;
}

}  // namespace media
