"""What stands over the editor while it asks: menus, lists to choose from, finding and replacing."""
