/// Python: crashes that `faulthandler` prints, groups of tasks, and the directories of programs. By hand, but for the groups.
enum PythonPlacesGolden {
    static let crash = #"""
        Fatal Python error: Segmentation fault

        Thread 0x00007f8a1affd6c0 (most recent call first):
          File "/usr/lib/python3.11/threading.py", line 324 in wait
          File "/app/shop/refresh.py", line 8 in refresh

        Current thread 0x00007f8a1c2d3740 (most recent call first):
          File "/app/shop/cart.py", line 12 in total
          File "/app/shop/main.py", line 30 in run
          File "/app/shop/main.py", line 41 in <module>

        Extension modules: shop._fast (total: 1)
        """#
    static let group = #"""
          + Exception Group Traceback (most recent call last):
          |   File "/app/shop/main.py", line 11, in <module>
          |     asyncio.run(main(2))
          |   File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run
          |     return runner.run(main)
          |   File "/app/shop/main.py", line 8, in main
          |     async with asyncio.TaskGroup() as g:
          | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
          +-+---------------- 1 ----------------
            | Traceback (most recent call last):
            |   File "/app/shop/main.py", line 6, in worker
            |     await fetch(i)
            |   File "/app/shop/main.py", line 4, in fetch
            |     raise ValueError(i)
            | ValueError: 0
            +---------------- 2 ----------------
            | Traceback (most recent call last):
            |   File "/app/shop/main.py", line 6, in worker
            |     await fetch(i)
            |   File "/app/shop/main.py", line 4, in fetch
            |     raise ValueError(i)
            | ValueError: 1
            +------------------------------------
        """#
    static let windows = #"""
        Traceback (most recent call last):
          File "C:\Users\bob\shop\shop\main.py", line 41, in <module>
          File "C:\Users\bob\AppData\Local\Programs\Python\Python39\lib\json\decoder.py", line 340, in decode
          File "C:\Users\bob\shop\shop\cart.py", line 30, in total
          File "pandas/_libs/index.pyx", line 153, in pandas._libs.index.IndexEngine.get_loc
        KeyError: 'a'
        """#

    private static func trace(in directory: String) -> String {
        "Traceback (most recent call last):\n  File \"\(directory)/main.py\", line 1, in <module>\n"
            + "  File \"\(directory)/cart.py\", line 2, in total\nKeyError: 1\n"
    }

    private static func directories(_ reason: String, _ first: String, _ second: String) -> GoldenPair {
        GoldenPair(reason, trace(in: first), trace(in: second))
    }

    /// More threads than lines are read: the one that crashed is the last.
    private static let manyThreads =
        "Fatal Python error: Aborted\n\n"
        + (1...60).map { "Thread 0x\($0) (most recent call first):\n  File \"/app/pool.py\", line \($0) in idle\n" }
        .joined(separator: "\n")
    private static let crashed =
        "\nCurrent thread 0x1 (most recent call first):\n  File \"/app/cart.py\", line 1 in total\n"

    static let table = GoldenTable(
        language: "Python places",
        samples: [crash, group, windows],
        same: [
            GoldenPair("a crash: lines", crash, crash.replacing("line 12 in", with: "line 120 in")),
            GoldenPair("a crash: what other threads did", crash, crash.replacing("in refresh", with: "in sleep")),
            GoldenPair("a crash: more threads", manyThreads + crashed, crashed),
            GoldenPair(
                "a crash is read innermost first", crash,
                """
                Traceback (most recent call last):
                  File "/app/shop/main.py", line 41, in <module>
                  File "/app/shop/main.py", line 30, in run
                  File "/app/shop/cart.py", line 12, in total
                SystemError: crashed
                """),
            GoldenPair(
                "how many tasks failed", group,
                group.replacing(
                    "    +------------------------------------",
                    with: """
                            +---------------- 3 ----------------
                            | Traceback (most recent call last):
                            |   File "/app/shop/main.py", line 6, in worker
                            |     await fetch(i)
                            |   File "/app/shop/main.py", line 4, in fetch
                            |     raise ValueError(i)
                            | ValueError: 2
                            +------------------------------------
                        """)),
            GoldenPair("Python up to 3.10 on Windows", windows, windows.replacing("in decode", with: "in scan")),
            GoldenPair(
                "Cython", windows, windows.replacing("pandas/_libs/index.pyx", with: "pandas/_libs/hashtable.pxi")),
            directories("a version", "/opt/shop-1.4.2", "/opt/shop-1.5.0"),
            directories("a version above", "/opt/shop-1.4.2/lib", "/opt/shop-1.10.0/lib"),
            directories("a notebook's process", "/tmp/ipykernel_12345", "/tmp/ipykernel_999"),
            directories("a temporary directory", "/tmp/tmpab12cd3f", "/tmp/tmpzz99_x8q"),
            directories(
                "YARN",
                "/mnt/yarn/appcache/application_1700000000000_0001/container_1700000000000_0001_01_000002",
                "/mnt/yarn/appcache/application_1700000000000_0012/container_1700000000000_0012_01_000005"),
            directories(
                "Spark",
                "/tmp/spark-550e8400-e29b-41d4-a716-446655440000/userFiles-550e8400-e29b-41d4-a716-446655440001",
                "/tmp/spark-650e8400-e29b-41d4-a716-446655440000/userFiles-650e8400-e29b-41d4-a716-446655440001"),
        ],
        different: [
            GoldenPair("a crash: the function", crash, crash.replacing("in total", with: "in price")),
            GoldenPair("a crash: an outer function", crash, crash.replacing("in run", with: "in start")),
            GoldenPair(
                "a crash: the last of many threads", manyThreads + crashed,
                manyThreads + crashed.replacing("in total", with: "in price")),
            GoldenPair("a task's function", group, group.replacing("in fetch", with: "in load")),
            GoldenPair(
                "one task failed elsewhere", group,
                group.replacing(
                    "in fetch\n    |     raise ValueError(i)\n    | ValueError: 1", with: "in load\n    | E")),
            GoldenPair(
                "a number in a name", windows.replacing("in total", with: "in handle_404"),
                windows.replacing("in total", with: "in handle_500")),
            directories("a digit at the end", "/opt/x/Project1", "/opt/x/Project2"),
            directories("capitals", "/opt/x/COMMANDS", "/opt/x/SERVICES"),
            directories("a short number", "/opt/x/part_1", "/opt/x/part_2"),
            directories("in front of a version", "/opt/shop-1.4.2", "/opt/blog-1.4.2"),
        ]
    )
}
