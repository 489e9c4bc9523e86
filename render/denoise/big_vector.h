// A vector for pictures that are kept between frames. Its pages are asked for in one go: a hundred
// megabytes touched for the first time one page after another take a third of a second of a draft's
// first picture on virtual machines. (Huge pages were slower: docs/speed.md.)
#pragma once

#include <sys/mman.h>

#include <cstdlib>
#include <new>
#include <vector>

namespace render {

template <typename T>
struct ReadyPages {
    using value_type = T;
    static constexpr std::size_t kPage = 4096, kLeast = std::size_t{1} << 20;

    ReadyPages() = default;
    template <typename U>
    ReadyPages(const ReadyPages<U>&) {}

    T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        if (bytes < kLeast) return static_cast<T*>(::operator new(bytes));
        const std::size_t whole = (bytes + kPage - 1) / kPage * kPage;
        void* place = std::aligned_alloc(kPage, whole);
        if (place == nullptr) throw std::bad_alloc();
#if defined(MADV_POPULATE_WRITE)
        madvise(place, whole, MADV_POPULATE_WRITE);  // a wish: Linux 5.14 and later
#endif
        return static_cast<T*>(place);
    }
    void deallocate(T* place, std::size_t count) {
        if (count * sizeof(T) < kLeast) ::operator delete(place);
        else std::free(place);
    }
    bool operator==(const ReadyPages&) const { return true; }
};

template <typename T>
using BigVector = std::vector<T, ReadyPages<T>>;

}  // namespace render
