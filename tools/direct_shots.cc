// direct_shots FILE.shots.json [--events] [--film OUT.mp4] [--size WxH]: runs the director without
// the command line, prints what happened and what the search did.
#include <chrono>
#include <cstdio>
#include <cstring>

#include "media/atomic_file.h"
#include "media/clip.h"
#include "script/shots/codec.h"
#include "studio/director/take.h"

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const auto text = media::read_file(argv[1], 4 << 20);
    if (!text.ok()) return std::fprintf(stderr, "%s\n", text.error().text().c_str()), 1;
    auto list = script::parse_shot_list(*text, argv[1]);
    if (!list.ok()) return std::fprintf(stderr, "%s\n", list.error().text().c_str()), 1;
    const char* film = nullptr;
    bool events = false;
    studio::TakeOptions options;
    options.quality = render::Quality::Draft;
    for (int i = 2; i < argc; ++i) {
        if (std::strcmp(argv[i], "--film") == 0 && i + 1 < argc) film = argv[++i];
        if (std::strcmp(argv[i], "--events") == 0) events = true;
        if (std::strcmp(argv[i], "--standard") == 0) options.quality = render::Quality::Standard;
        if (std::strcmp(argv[i], "--size") == 0 && i + 1 < argc)
            std::sscanf(argv[++i], "%dx%d", &list->width_px, &list->height_px);
    }
    world::MemoryRecord record;
    const auto start = std::chrono::steady_clock::now();
    const auto since = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    auto take = studio::direct(*list, options, record);
    if (!take.ok()) return std::fprintf(stderr, "%s\n", take.error().text().c_str()), 1;
    std::printf("rehearsed in %.2f s, %zu events, %zu tracks, %.1f LUFS\n", since(),
                record.events.size(), record.tracks.size(), (*take)->loudness_lufs());
    for (const auto& r : (*take)->report().replaced)
        std::printf("replaced: %s -> %s (%s)\n", r.asked.c_str(), r.used.c_str(), r.why.c_str());
    for (const auto& l : (*take)->report().left_out) std::printf("left out: %s\n", l.c_str());
    if (events) {
        for (const auto& e : record.events) {
            std::printf("%7.3f %-9s %-16s %-20s J=%.4f v=%.2f (%.2f %.2f %.2f)\n", e.t_s,
                        world::event_kind_name(e.kind), e.a.c_str(), e.b.c_str(), e.impulse_Ns,
                        e.closing_speed_mps, e.position_m.x, e.position_m.y, e.position_m.z);
        }
        for (const auto& [name, samples] : record.tracks) {
            if (samples.empty()) continue;
            const auto &a = samples.front().position_m, &b = samples.back().position_m;
            std::printf("%-20s (%.2f %.2f %.2f) -> (%.2f %.2f %.2f)\n", name.c_str(), a.x, a.y, a.z,
                        b.x, b.y, b.z);
        }
    }
    if (film == nullptr) return 0;
    const auto clip = media::encode_clip((*take)->frames(), (*take)->audio(), film,
                                         {.preset = "veryfast", .overwrite = true});
    if (!clip.ok()) return std::fprintf(stderr, "%s\n", clip.error().text().c_str()), 1;
    std::printf("%lld frames, %.1f s in all\n", static_cast<long long>(clip->frame_count), since());
    return 0;
}
