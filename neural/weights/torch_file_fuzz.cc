// Any bytes as a PyTorch file: an answer or a located error, and every tensor that is offered can
// be read to its end. The first byte chooses whether they are the whole archive or the pickle in
// one that is sound otherwise.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "neural/weights/damage.h"
#include "neural/weights/torch_file.h"

namespace {

template <typename T>
void put(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

void add_entry(std::string& file, std::string& table, const std::string& name,
               const std::string& bytes) {
    const auto at = static_cast<uint32_t>(file.size());
    const auto size = static_cast<uint32_t>(bytes.size());
    put<uint32_t>(file, 0x04034b50u);
    file.append(22, '\0');
    put<uint16_t>(file, static_cast<uint16_t>(name.size()));
    put<uint16_t>(file, 0);
    file += name + bytes;
    put<uint32_t>(table, 0x02014b50u);
    table.append(16, '\0');
    put<uint32_t>(table, size);
    put<uint32_t>(table, size);
    put<uint16_t>(table, static_cast<uint16_t>(name.size()));
    table.append(12, '\0');
    put<uint32_t>(table, at);
    table += name;
}

std::string archive(const std::string& pickle) {
    std::string file, table;
    add_entry(file, table, "a/data.pkl", pickle);
    add_entry(file, table, "a/data/0", std::string(256, '\x3f'));
    const auto at = static_cast<uint32_t>(file.size());
    file += table;
    put<uint32_t>(file, 0x06054b50u);
    put<uint32_t>(file, 0);
    put<uint16_t>(file, 2);
    put<uint16_t>(file, 2);
    put<uint32_t>(file, static_cast<uint32_t>(table.size()));
    put<uint32_t>(file, at);
    put<uint16_t>(file, 0);
    return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    const std::string rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto bytes = std::make_shared<std::string>(data[0] & 1 ? archive(rest) : rest);
    const std::shared_ptr<const std::byte> view(bytes,
                                                reinterpret_cast<const std::byte*>(bytes->data()));
    const auto parsed = neural::parse_torch_file(view, bytes->size(), "fuzz");
    if (!parsed.ok()) {
        if (parsed.error().where.empty()) std::abort();
        return 0;
    }
    if (!neural::find_damage(**parsed).ok()) std::abort();
    return 0;
}
