/// Ruby, written by hand after the format of `Exception#full_message`.
enum RubyGolden {
    /// Ruby 3.3 and older, with a cause.
    static let rails = #"""
        /home/alice/shop/app/models/cart.rb:12:in `block (2 levels) in total': undefined method `amount' for nil (NoMethodError)
        	from /home/alice/shop/app/models/cart.rb:11:in `each'
        	from /home/alice/shop/app/models/cart.rb:11:in `block in total'
        	from <internal:kernel>:187:in `loop'
        	from /home/alice/shop/app/models/cart.rb:9:in `total'
        	from /home/alice/shop/app/controllers/orders_controller.rb:40:in `checkout'
        	from /home/alice/.gem/ruby/3.3.0/gems/actionpack-7.1.3/lib/action_controller/metal/basic_implicit_render.rb:6:in `send_action'
        	from /usr/lib/ruby/3.3.0/monitor.rb:214:in `mon_synchronize'
        	from /home/alice/shop/bin/rails:4:in `<main>'
        /home/alice/shop/lib/prices.rb:7:in `Integer': invalid value for Integer(): "4711x" (ArgumentError)
        	from /home/alice/shop/lib/prices.rb:7:in `parse'
        	from /home/alice/shop/app/models/cart.rb:12:in `rescue in total'
        """#
    /// Ruby 3.4: classes in front of methods, and other quotation marks.
    static let new = #"""
        lib/prices.rb:7:in 'Kernel#Integer': invalid value for Integer(): "4711x" (ArgumentError)
        	from lib/prices.rb:7:in 'Shop::Prices.parse'
        	from lib/cart.rb:12:in 'block (2 levels) in Shop::Cart#total'
        	from lib/cart.rb:11:in 'Array#each'
        	from lib/cart.rb:11:in 'Shop::Cart#total'
        	from bin/shop:9:in '<main>'
        """#
    /// Ruby 2.6 on a terminal: the innermost frame last.
    static let reversed = #"""
        Traceback (most recent call last):
        	3: from bin/shop:9:in `<main>'
        	2: from /home/alice/shop/lib/checkout.rb:40:in `run'
        	1: from /home/alice/shop/lib/cart.rb:12:in `total'
        /home/alice/shop/lib/prices.rb:7:in `parse': no price for 4711 (KeyError)
        """#
    /// `Exception#backtrace` of a view of Rails: its method has random numbers.
    static let view = #"""
        /home/alice/shop/app/views/orders/show.html.erb:3:in `_app_views_orders_show_html_erb__3846571029384756_70123'
        /home/alice/shop/vendor/bundle/ruby/3.3.0/gems/actionview-7.1.3/lib/action_view/base.rb:264:in `_run'
        /home/alice/shop/app/controllers/orders_controller.rb:22:in `show'
        (eval at /home/alice/shop/lib/rules.rb:3):1:in `rule'
        """#
    /// Shortened by Rails' cleaner of backtraces.
    static let cleaned = #"""
        app/models/cart.rb:12:in `total'
        activerecord (7.0.4) lib/active_record/base.rb:12:in `save'
        actionpack (7.0.4) lib/action_controller/metal.rb:8:in `dispatch'
        app/controllers/carts_controller.rb:3:in `show'
        """#

    static let table = GoldenTable(
        language: "Ruby",
        samples: [rails, new, reversed, view, cleaned],
        same: [
            GoldenPair(
                "lines and another directory", rails,
                rails.replacing("rb:12", with: "rb:1212").replacing(
                    "/home/alice/shop", with: "/srv/releases/20240102/shop")),
            GoldenPair("the value in the message", rails, rails.replacing("4711x", with: "n/a")),
            GoldenPair("a block more around it", rails, rails.replacing("block (2 levels)", with: "block (3 levels)")),
            GoldenPair("another Ruby", rails, rails.replacing("3.3.0", with: "3.2.2")),
            GoldenPair("a package changed", rails, rails.replacing("actionpack-7.1.3", with: "actionpack-7.2.0")),
            GoldenPair(
                "the runtime changed", rails, rails.replacing("<internal:kernel>:187", with: "<internal:loop>:2")),
            GoldenPair("Ruby 3.4, lines", new, new.replacing("rb:7", with: "rb:70").replacing("rb:11", with: "rb:110")),
            GoldenPair("a backtrace without `from`", new, new.replacing("\tfrom ", with: "")),
            GoldenPair(
                "the terminal's order", reversed,
                """
                /home/alice/shop/lib/prices.rb:7:in `parse': no price for 4711 (KeyError)
                \tfrom /home/alice/shop/lib/cart.rb:12:in `total'
                \tfrom /home/alice/shop/lib/checkout.rb:40:in `run'
                \tfrom bin/shop:9:in `<main>'
                """),
            GoldenPair(
                "the numbers of a view's method", view,
                view.replacing("erb__3846571029384756_70123", with: "erb___1029384756384_412")),
            GoldenPair(
                "a cleaned trace: packages", cleaned,
                cleaned.replacing("7.0.4", with: "7.1.0").replacing("`save'", with: "`save!'")),
            GoldenPair("evaluated elsewhere", view, view.replacing("rules.rb:3)", with: "rules.rb:30)")),
        ],
        different: [
            GoldenPair("the method", rails, rails.replacing("in total'", with: "in tax'")),
            GoldenPair("an outer method", rails, rails.replacing("`checkout'", with: "`preview'")),
            GoldenPair("the file", rails, rails.replacing("models/cart.rb", with: "models/basket.rb")),
            GoldenPair("the method of a cause", rails, rails.replacing("`parse'", with: "`load'")),
            GoldenPair("the class", new, new.replacing("Shop::Cart#", with: "Shop::Basket#")),
            GoldenPair("a method of the class instead", new, new.replacing("Prices.parse", with: "Prices#parse")),
            GoldenPair("in the terminal's order", reversed, reversed.replacing("`total'", with: "`tax'")),
            GoldenPair("a cleaned trace: the method", cleaned, cleaned.replacing("`show'", with: "`list'")),
            GoldenPair(
                "a number in a name", new.replacing("Cart#total", with: "Cart#handle_404"),
                new.replacing("Cart#total", with: "Cart#handle_500")),
            GoldenPair("the view", view, view.replacing("_orders_show", with: "_orders_list")),
        ]
    )
}
