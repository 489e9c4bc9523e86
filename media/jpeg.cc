#include "media/jpeg.h"

#include <jpeglib.h>

#include <csetjmp>
#include <cstdio>
#include <cstdlib>

namespace media {
namespace {

struct Trap {
    jpeg_error_mgr manager;  // first: libjpeg hands back a pointer to it
    jmp_buf back;
    char message[JMSG_LENGTH_MAX];
};

void on_error(j_common_ptr common) {
    auto* trap = reinterpret_cast<Trap*>(common->err);
    common->err->format_message(common, trap->message);
    longjmp(trap->back, 1);
}
void on_message(j_common_ptr, int level) {
    (void)level;  // damaged data is decoded as far as it goes
}
void on_output(j_common_ptr) {}

void set_trap(Trap& trap) {
    jpeg_std_error(&trap.manager);
    trap.manager.error_exit = on_error;
    trap.manager.emit_message = on_message;
    trap.manager.output_message = on_output;
    trap.message[0] = 0;
}

// libjpeg reports errors by longjmp; no object with a destructor lives between setjmp and it.
bool compress(jpeg_compress_struct& jpeg, Trap& trap, const base::Image8& image, int quality,
              unsigned char** memory, unsigned long* size) {
    if (setjmp(trap.back)) return false;
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, memory, size);
    jpeg.image_width = static_cast<JDIMENSION>(image.width_px);
    jpeg.image_height = static_cast<JDIMENSION>(image.height_px);
    jpeg.input_components = image.channels;
    jpeg.in_color_space = image.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < image.height_px; ++y) {
        JSAMPROW row = const_cast<uint8_t*>(image.at(0, y));
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    return true;
}

bool read_header(jpeg_decompress_struct& jpeg, Trap& trap, const std::string& bytes) {
    if (setjmp(trap.back)) return false;
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return jpeg_read_header(&jpeg, TRUE) == JPEG_HEADER_OK;
}

bool read_rows(jpeg_decompress_struct& jpeg, Trap& trap, base::Image8& image) {
    if (setjmp(trap.back)) return false;
    jpeg.out_color_space = JCS_RGB;
    jpeg_start_decompress(&jpeg);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = image.at(0, static_cast<int>(jpeg.output_scanline));
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    return true;  // no jpeg_finish_decompress: it fails on trailing damage that does not matter
}

}  // namespace

base::Result<std::string> encode_jpeg(const base::Image8& image, int quality) {
    if (image.empty() || (image.channels != 1 && image.channels != 3)) {
        return base::failed("a JPEG needs 1 or 3 channels and at least one pixel");
    }
    if (image.width_px > JPEG_MAX_DIMENSION || image.height_px > JPEG_MAX_DIMENSION) {
        return base::failed("the picture is too large for a JPEG");
    }
    jpeg_compress_struct jpeg{};
    Trap trap;
    set_trap(trap);
    jpeg.err = &trap.manager;
    unsigned char* memory = nullptr;
    unsigned long size = 0;
    const bool done = compress(jpeg, trap, image, quality, &memory, &size);
    std::string bytes;
    if (done) bytes.assign(reinterpret_cast<const char*>(memory), size);
    jpeg_destroy_compress(&jpeg);
    std::free(memory);
    if (!done) return base::failed(std::string("cannot encode the JPEG: ") + trap.message);
    return bytes;
}

base::Result<base::Image8> decode_jpeg(const std::string& bytes, int64_t max_pixels) {
    jpeg_decompress_struct jpeg{};
    Trap trap;
    set_trap(trap);
    jpeg.err = &trap.manager;
    base::Image8 image;
    bool done = read_header(jpeg, trap, bytes);
    if (done) {
        const auto width = static_cast<int64_t>(jpeg.image_width);
        const auto height = static_cast<int64_t>(jpeg.image_height);
        if (width <= 0 || height <= 0 || width > max_pixels / height) {
            jpeg_destroy_decompress(&jpeg);
            return base::failed("the picture is too large: " + std::to_string(width) + "x" +
                                std::to_string(height));
        }
        image = base::Image8(static_cast<int>(width), static_cast<int>(height), 3);
        done = read_rows(jpeg, trap, image);
    }
    jpeg_destroy_decompress(&jpeg);
    if (!done) return base::failed(std::string("not a readable JPEG: ") + trap.message);
    return image;
}

}  // namespace media
