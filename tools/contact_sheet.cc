// contact_sheet film.mp4 out.png [frames]
//
// A film on one picture, to look and listen by eye: frames at even distances with their times, and
// below them the waveform and the spectrogram of the sound.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "media/decode.h"
#include "media/sound_picture.h"
#include "media/still.h"

namespace {

constexpr int kSheetWidth = 1600, kGap = 4;

// Digits, full stop and 's', five rows of three bits.
constexpr unsigned char kGlyphs[12][5] = {{7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7},
                                          {7, 1, 7, 1, 7}, {5, 5, 7, 1, 1}, {7, 4, 7, 1, 7},
                                          {7, 4, 7, 5, 7}, {7, 1, 2, 2, 2}, {7, 5, 7, 5, 7},
                                          {7, 5, 7, 1, 7}, {0, 0, 0, 0, 2}, {0, 3, 6, 3, 6}};

void draw_text(base::Image8& image, int left, int top, const std::string& text) {
    constexpr int kDot = 3;
    for (size_t i = 0; i < text.size(); ++i) {
        const int glyph = text[i] == '.' ? 10 : text[i] == 's' ? 11 : text[i] - '0';
        for (int y = -1; y <= 5 * kDot; ++y) {
            for (int x = -1; x <= 3 * kDot; ++x) {
                const int px = left + static_cast<int>(i) * 4 * kDot + x, py = top + y;
                if (px < 0 || py < 0 || px >= image.width_px || py >= image.height_px) continue;
                const bool inside = x >= 0 && y >= 0 && x < 3 * kDot && y < 5 * kDot &&
                                    (kGlyphs[glyph][y / kDot] >> (2 - x / kDot) & 1);
                for (int c = 0; c < 3; ++c) {
                    uint8_t& v = image.at(px, py)[c];
                    v = inside ? 255 : static_cast<uint8_t>(v / 3);
                }
            }
        }
    }
}

base::Result<std::vector<base::Image8>> thumbs(const std::string& film, int wanted, int width) {
    const media::FilmInfo info = TRY(media::inspect_film(film));
    auto frames = TRY(media::open_frames(film));
    const int64_t count = info.frame_count > 0 ? info.frame_count : 1;
    std::vector<base::Image8> out;
    while (true) {
        const auto frame = TRY(frames->next());
        if (!frame) return out;
        const auto next = static_cast<int64_t>(out.size());
        if (next >= wanted ||
            frame->index < (wanted == 1 ? 0 : next * (count - 1) / (wanted - 1))) {
            continue;
        }
        const int height = frame->image.height_px * width / frame->image.width_px;
        out.push_back(media::resize(frame->image, width, height));
        char time[32];
        std::snprintf(time, sizeof(time), "%.2fs", static_cast<double>(frame->index) / info.fps);
        draw_text(out.back(), 6, 6, time);
    }
}

base::Status run(const std::string& film, const std::string& out, int wanted) {
    const int columns = wanted <= 4 ? 2 : wanted <= 9 ? 3 : 4;
    const int width = (kSheetWidth - kGap) / columns - kGap;
    const auto pictures = TRY(thumbs(film, wanted, width));
    base::Image8 sheet = media::contact_sheet(pictures, columns, kGap);
    if (auto sound = media::open_sound(film); sound.ok()) {
        media::SoundPictureOptions options;
        options.width_px = sheet.width_px;
        const base::Image8 strip = TRY(media::draw_sound(**sound, options));
        sheet.data.insert(sheet.data.end(), strip.data.begin(), strip.data.end());
        sheet.height_px += strip.height_px;
    }
    return media::write_png(sheet, out);
}

}  // namespace

int main(int argc, char** argv) {
    const int wanted = argc > 3 ? std::atoi(argv[3]) : 12;
    if (argc < 3 || wanted < 1 || wanted > 100) {
        std::fprintf(stderr, "usage: contact_sheet film.mp4 out.png [1..100 frames]\n");
        return 2;
    }
    const base::Status status = run(argv[1], argv[2], wanted);
    if (!status.ok()) {
        std::fprintf(stderr, "contact_sheet: %s\n", status.error().text().c_str());
        return 1;
    }
    return 0;
}
